// Bundles the command and the library. Bundling is what makes parley start fast: the time to load LangChain is
// mostly the number of its files.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { quickStart } from './quick-start.js';
import { licencesOf } from './third-party-licences.js';

rmSync('dist', { recursive: true, force: true });

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const result = await build({
  entryPoints: { parley: 'src/cli/parley.ts', index: 'src/index.ts', promptfoo: 'src/promptfoo-provider.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', __PARLEY_VERSION__: JSON.stringify(version) },
  // Ink asks for the developer tools only when DEV=true; they are not shipped.
  alias: { 'react-devtools-core': './scripts/empty-module.js' },
  plugins: [quickStart],
  external: ['langchain', 'langchain/*', 'canvas'],
  // Bundled CommonJS packages ask for node's own modules with require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync('dist/parley.js', 0o755);
writeFileSync('dist/THIRD-PARTY.md', licencesOf(result.metafile));
