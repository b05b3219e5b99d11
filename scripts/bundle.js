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
import { basename, dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { stagedChunks } from './chunks.js';
import { parsedPrompts } from './parsed-prompts.js';
import { asShipped, withPlainBuiltins } from './quick-start.js';
import { licencesOf } from './third-party-licences.js';

const startedAt = Date.now();
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { plugin, groups } = stagedChunks();
const bundle = await rolldown({
  input: {
    parley: 'src/cli/parley.ts',
    // What `parley` loads, by itself: the tests run most commands without a process for each.
    program: 'src/cli/program.ts',
    index: 'src/index.ts',
    promptfoo: 'src/integrations/promptfoo/parley-provider.ts',
    'document-worker': 'src/article/document-worker.ts',
  },
  ...asShipped,
  transform: {
    ...asShipped.transform,
    define: { ...asShipped.transform.define, __PARLEY_VERSION__: JSON.stringify(version) },
  },
  plugins: [...asShipped.plugins, plugin],
});
const { output } = await bundle.generate({
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: { groups },
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  comments: false,
});
await bundle.close();

const files = new Map(output.map(({ fileName, code }) => [fileName, withPlainBuiltins(code)]));
files.set('parley.js', withoutDetour(files.get('parley.js'), files.get('program.js')));
files.set('parsed-prompts.json', parsedPrompts('prompts'));
files.set('THIRD-PARTY.md', licencesOf(output.flatMap(({ moduleIds }) => moduleIds)));
const isCommand = (file) => file === 'parley.js';
const rank = (file) => (dirname(file) === '.' ? 1 : 0) + (isCommand(file) ? 1 : 0);
for (const file of [...files.keys()].sort((one, other) => rank(one) - rank(other))) replace(file);
for (const folder of ['.', 'chunks']) removeOld(folder);

/** The command loads what program.js passes on from where it lies: one file less to be found and read at each start. */
function withoutDetour(command, program) {
  const [, passedOn, chunk] = /^import\{(.*)\}from"(\.\/chunks\/[^"]+)"/.exec(program) ?? [];
  const [, main] = /(?:^|,)(\w+) as main(?:,|$)/.exec(passedOn ?? '') ?? [];
  const detour = 'const{main}=await import(`./program.js`)';
  if (main === undefined || !command.includes(detour)) throw new Error('parley.js does not load program.js');
  return command.replace(detour, () => `const{${main}:main}=await import(\`${chunk}\`)`);
}

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
