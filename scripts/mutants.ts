/**
 * Mutation testing: changes one place at a time in the rooms that hold the arithmetic, and runs the tests of that room
 * which import the file. A change that no test notices has survived; the score is the share that did not.
 *
 *   npm run mutants                                   a seeded sample of every room below
 *   npm run mutants -- src/convergence --sample 100   a room, a folder or a file, and how many mutants of it
 *   npm run mutants -- src/debate --all               every mutant
 *   npm run mutants -- src/dataset --slow             shows survivors to the tests that take seconds, too
 *
 * No source file is touched: vitest is handed the changed text by a plugin (mutants/run-tests.ts).
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { seededRandom } from '../src/debate/seeded-random.ts';
import { type Mutant, mutantsOf, type Place } from './mutants/mutants-of.ts';

/** A room and the folder of tests that must notice its mutants. */
const rooms: Readonly<Record<string, string>> = {
  'src/debate': 'test/debate',
  'src/convergence': 'test/convergence',
  'src/compare/statistics': 'test/compare/statistics',
  'src/dataset': 'test/dataset',
  'src/batch': 'test/batch',
};
/** Tests of a room that take seconds each, for a second look at what others hold in milliseconds: without them the score is a floor. */
const leftOut = 'test/dataset/{check-parquet,export-dataset,fork,json-schemas,own-format,rows}.test.ts';
/** A mutant may make a loop endless: noticed, when its tests take longer than this, and ten times as long as usual. */
const leastMs = 20_000;
const leastScore = 0.85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
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
  const queue = [...Map.groupBy(chosen, ({ file }) => file)];
  const fates: { file: string; mutant: Mutant; fate: Fate }[] = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [file, mutants] = next;
      const places = mutants.map(({ mutant }) => mutant);
      const found = await fatesIn(file, places, tests, leftOut);
      const left = places.filter((_, place) => values.slow && found[place] !== 'noticed');
      if (left.length > 0) {
        const second = await fatesIn(file, left, tests, '');
        for (const [place, mutant] of places.entries())
          if (left.includes(mutant)) found[place] = second[left.indexOf(mutant)] ?? 'survived';
      }
      fates.push(...mutants.map(({ mutant }, place) => ({ file, mutant, fate: found[place]! })));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const noticed = fates.filter(({ fate }) => fate === 'noticed').length;
  const score = chosen.length === 0 ? 1 : noticed / chosen.length;
  console.log(
    `${target}: ${noticed} of ${chosen.length} noticed (${Math.round(score * 100)}%; ${every.length} mutants in all)`,
  );
  const survivors = fates.filter(({ fate }) => fate !== 'noticed');
  const lines = survivors.map(
    ({ file, mutant, fate }) => `  ${file}:${mutant.line} ${mutant.change} (${fate})`,
  );
  for (const line of lines.sort()) console.log(line);
  return score >= leastScore;
}

/** What becomes of each mutant of a file; throws where its tests would not see a change or fail as it stands. */
async function fatesIn(
  file: string,
  mutants: readonly Mutant[],
  tests: string,
  without: string,
): Promise<Fate[]> {
  let runner = await startRunner(file, tests, without);
  if (runner.tests === 0) return mutants.map(() => 'untested');
  try {
    const unchanged = { start: 0, end: 0, replacement: '' };
    await runner.passes(unchanged, Number.POSITIVE_INFINITY);
    const began = performance.now();
    if (!(await runner.passes(unchanged, Number.POSITIVE_INFINITY)))
      throw new Error(`the tests of ${file} fail as it stands`);
    const mostMs = Math.max(leastMs, 10 * (performance.now() - began));
    if (await runner.passes({ ...unchanged, replacement: 'throw new Error("mutant");' }, mostMs))
      throw new Error(`the tests of ${file} pass although it throws: they do not see the change`);
    const fates: Fate[] = [];
    for (const mutant of mutants) {
      if (runner.isGone) runner = await startRunner(file, tests, without);
      fates.push((await runner.passes(mutant, mostMs)) ? 'survived' : 'noticed');
    }
    return fates;
  } finally {
    runner.stop();
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

/** A process that runs the tests of a file as often as it is asked, all but those `without`; nothing there takes the slow ones in. */
async function startRunner(file: string, tests: string, without: string) {
  const child = spawn(process.execPath, ['scripts/mutants/run-tests.ts', resolve(file), tests, without], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The next answer; null where none came in time or the process ended. */
  const answer = async (mostMs: number): Promise<Record<string, unknown> | null> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((done) => {
      if (Number.isFinite(mostMs)) timer = setTimeout(() => done(null), mostMs);
    });
    try {
      for (;;) {
        const line = await Promise.race([lines.next(), late]);
        if (line === null || line.done) return null;
        if (line.value.startsWith('{"mutants":')) return JSON.parse(line.value).mutants;
      }
    } finally {
      clearTimeout(timer);
    }
  };
  const started = await answer(Number.POSITIVE_INFINITY);
  if (!started) throw new Error(`the tests of ${file} cannot be started`);
  const runner = {
    tests: Number(started['tests']),
    isGone: false,
    /** Do the tests pass with this change? Not, where they do not end in time: then the process is gone. */
    async passes(place: Place, mostMs: number): Promise<boolean> {
      child.stdin.write(`${JSON.stringify(place)}\n`);
      const result = await answer(mostMs);
      if (result) return result['passed'] === true;
      runner.stop();
      return false;
    },
    stop() {
      if (runner.isGone || child.pid === undefined) return;
      runner.isGone = true;
      process.kill(-child.pid, 'SIGKILL');
    },
  };
  return runner;
}

await main();
