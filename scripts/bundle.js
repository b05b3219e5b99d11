// Bundles the command and the library. Bundling is what makes parley start fast: the time to load LangChain is
// mostly the number of its files. What is there is replaced file by file, and the command last: whoever starts it
// meanwhile finds it whole, and a build that is broken off leaves none that lacks a part.
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { quickStart, withPlainBuiltins } from './quick-start.js';
import { licencesOf } from './third-party-licences.js';

const startedAt = Date.now();
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const result = await build({
  entryPoints: {
    parley: 'src/cli/parley.ts',
    // What `parley` loads, by itself: the tests run most commands without a process for each.
    program: 'src/cli/program.ts',
    index: 'src/index.ts',
    promptfoo: 'src/integrations/promptfoo/parley-provider.ts',
    'document-worker': 'src/article/document-worker.ts',
  },
  outdir: 'dist',
  write: false,
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
  external: ['langchain', 'langchain/*', 'canvas', 'unpdf'],
  // Bundled CommonJS packages ask for node's own modules with require. An old Node gets as far as being told so.
  banner: {
    js: "const require = process.getBuiltinModule?.('node:module').createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const files = new Map(
  result.outputFiles.map(({ path, text }) => [relative('dist', path), withPlainBuiltins(text)]),
);
files.set('THIRD-PARTY.md', licencesOf(result.metafile));
const isCommand = (file) => file === 'parley.js';
const rank = (file) => (dirname(file) === '.' ? 1 : 0) + (isCommand(file) ? 1 : 0);
for (const file of [...files.keys()].sort((one, other) => rank(one) - rank(other))) replace(file);
for (const folder of ['.', 'chunks']) removeOld(folder);

function replace(file) {
  const path = join('dist', file);
  const written = join('dist', `.${process.pid}-${basename(file)}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(written, files.get(file));
  if (isCommand(file)) chmodSync(written, 0o755);
  renameSync(written, path);
}

/** Leaves what another build has written meanwhile. */
function removeOld(folder) {
  for (const entry of readdirSync(join('dist', folder), { withFileTypes: true })) {
    const path = join('dist', folder, entry.name);
    if (!entry.isFile() || files.has(join(folder, entry.name))) continue;
    if (statSync(path).mtimeMs < startedAt) rmSync(path, { force: true });
  }
}
