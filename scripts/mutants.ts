/**
 * Mutation testing: changes one place at a time in the rooms that hold the arithmetic, and runs the tests of that room
 * which import the file. A change that no test notices has survived; the score is the share that did not.
 *
 *   npm run mutants                                   a seeded sample of every room below
 *   npm run mutants -- src/convergence --sample 100   a room, a folder or a file, and how many mutants of it
 *   npm run mutants -- src/debate --all               every mutant
 *
 * No source file is touched: vitest is handed the changed text by a plugin (vitest.mutants.config.ts).
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../src/debate/seeded-random.ts';
import { type Mutant, mutantsOf } from './mutants/mutants-of.ts';

/** A room and the folder of tests that must notice its mutants. */
const rooms: Readonly<Record<string, string>> = {
  'src/debate': 'test/debate',
  'src/convergence': 'test/convergence',
  'src/compare/statistics': 'test/compare',
  'src/dataset': 'test/dataset',
  'src/batch': 'test/batch',
};
/** A mutant may make a loop endless: noticed, when its tests take longer than this. */
const mostMs = 90_000;
const leastScore = 0.85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
  },
});

type Fate = 'noticed' | 'survived' | 'untested';

async function main(): Promise<void> {
  let isBelow = false;
  for (const target of positionals.length > 0 ? positionals : Object.keys(rooms)) {
    const room = Object.keys(rooms).find((name) => target.startsWith(name));
    if (room === undefined) throw new Error(`${target} is in none of ${Object.keys(rooms).join(', ')}`);
    isBelow = !(await report(target, rooms[room]!)) || isBelow;
  }
  process.exitCode = isBelow ? 1 : 0;
}

async function report(target: string, tests: string): Promise<boolean> {
  const files = statSync(target).isFile() ? [target] : globSync(`${target}/**/*.ts`).sort();
  const every = files.flatMap((file) =>
    mutantsOf(file, readFileSync(file, 'utf8')).map((mutant) => ({ file, mutant })),
  );
  const chosen = values.all ? every : sampleOf(every, Number(values.sample));
  await checkHarness(files, tests);
  const fates: Fate[] = [];
  const survivors: string[] = [];
  const queue = [...chosen];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const fate = await fateOf(next.file, next.mutant, tests);
      fates.push(fate);
      if (fate !== 'noticed')
        survivors.push(`  ${next.file}:${next.mutant.line} ${next.mutant.change} (${fate})`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const noticed = fates.filter((fate) => fate === 'noticed').length;
  const score = chosen.length === 0 ? 1 : noticed / chosen.length;
  console.log(
    `${target}: ${noticed} of ${chosen.length} noticed (${Math.round(score * 100)}%; ${every.length} mutants in all)`,
  );
  for (const line of survivors.sort()) console.log(line);
  return score >= leastScore;
}

/** The tests must pass as the code stands, and fail where a file throws at its first line: else no fate means anything. */
async function checkHarness(files: readonly string[], tests: string): Promise<void> {
  for (const file of files) {
    const fateWith = (replacement: string) =>
      fateOf(file, { start: 0, end: 0, replacement, change: '', line: 1 }, tests);
    const broken = await fateWith('throw new Error("mutant");');
    if (broken === 'untested') continue;
    if (broken !== 'noticed')
      throw new Error(`the tests of ${file} pass although it throws: they do not see the change`);
    if ((await fateWith('')) !== 'survived') throw new Error(`the tests of ${file} fail as it stands`);
    return;
  }
}

function sampleOf<Item>(items: readonly Item[], size: number): Item[] {
  const random = seededRandom('mutants', Number(values.seed));
  return items
    .map((item) => ({ item, key: random() }))
    .sort((one, other) => one.key - other.key)
    .slice(0, size)
    .map(({ item }) => item);
}

async function fateOf(file: string, mutant: Mutant, tests: string): Promise<Fate> {
  const { code, output } = await runTests(file, mutant, tests);
  if (/No test files found/.test(output)) return 'untested';
  return code === 0 ? 'survived' : 'noticed';
}

function runTests(file: string, { start, end, replacement }: Mutant, tests: string) {
  const args = ['related', file, '--run', '--bail=1', '--config=vitest.mutants.config.ts'];
  const child = spawn(resolve('node_modules/.bin/vitest'), args, {
    env: {
      ...process.env,
      PARLEY_MUTANT_TESTS: tests,
      PARLEY_MUTANT: JSON.stringify([resolve(file), `${start}`, `${end}`, replacement]),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: mostMs,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise<{ code: number | null; output: string }>((done) =>
    child.on('close', (code) => done({ code, output })),
  );
}

await main();
