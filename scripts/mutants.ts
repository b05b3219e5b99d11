/**
 * Mutation testing: changes one place at a time in the rooms that hold the arithmetic, and runs the tests of that room
 * which reach the place. A change that no test notices has survived; the score is the share that did not.
 *
 *   npm run mutants                                   a seeded sample of every room below
 *   npm run mutants -- src/convergence --sample 100   a room, a folder or a glob of files, and how many mutants of it
 *   npm run mutants -- src/debate --all               every mutant
 *   npm run mutants -- src/dataset --slow             with the tests that take seconds
 *   npm run mutants -- src/dataset --workers 1        with one process
 */
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { wilson } from '../src/convergence/distributions.ts';
import { seededRandom } from '../src/debate/seeded-random.ts';
import { percent } from '../src/text/figures.ts';
import { type Mutant, mutantsOf } from './mutants/mutants-of.ts';
import type { MeasuredTest, Subset } from './mutants/run-tests.ts';
import { startRunner } from './mutants/runner.ts';

/** A room and the folder of tests that must notice its mutants. */
const rooms: Readonly<Record<string, string>> = {
  'src/debate': 'test/debate',
  'src/convergence': 'test/convergence',
  'src/compare/statistics': 'test/compare/statistics',
  'src/dataset': 'test/dataset',
  'src/batch': 'test/batch',
  'src/score': 'test/score',
  'src/grounding': 'test/grounding',
  'src/models': 'test/models',
};
/** A test that takes longer runs with `--slow` alone: most is held in milliseconds, too. Without them the score is a floor. */
const quickMs = 1500;
/** A test file that takes longer than this is not run whole. */
const quickFileMs = 3000;
/** A mutant may make a loop endless: noticed, when its tests take longer than this, and ten times as long as usual. */
const leastMs = 20_000;
const leastScore = 0.85;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: `${availableParallelism()}` },
    all: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
  },
});

type Fate = 'noticed' | 'too long' | 'survived' | 'reached by no test';

interface Case extends Mutant {
  file: string;
}

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
  const files = globSync(target.endsWith('.ts') ? target : `${target}/**/*.{ts,tsx}`).sort();
  const every: Case[] = files.flatMap((file) =>
    mutantsOf(file, readFileSync(file, 'utf8')).map((mutant) => ({ ...mutant, file })),
  );
  const chosen = values.all ? every : sampleOf(every, Number(values.sample));
  const fates = await fatesOf(chosen, tests);
  const found = (fate: Fate) => chosen.filter((mutant) => fates.get(mutant) === fate);
  const late = found('too long').length;
  const noticed = found('noticed').length + late;
  const score = chosen.length === 0 ? 1 : noticed / chosen.length;
  const { low, high } = wilson(noticed, chosen.length);
  console.log(
    `${target}: ${noticed} of ${chosen.length} noticed, ${late} of them by running too long: ${percent(score)}, 95% interval ${percent(low)} to ${percent(high)}; ${every.length} mutants in all`,
  );
  return score >= leastScore;
}

/** What becomes of each mutant. Throws where a test fails as the room stands: the first failure ends a run, and what follows would reach nothing. */
async function fatesOf(mutants: readonly Case[], tests: string): Promise<ReadonlyMap<Case, Fate>> {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const first = await startRunner(tests, values.slow);
  const measured = await first.measure(files.map((file) => resolve(file)));
  const failing = measured.find(({ passed }) => !passed);
  if (failing) {
    first.stop();
    throw new Error(`The test "${failing.name}" fails without any change. Make it pass, then try again.`);
  }
  const fates = new Map<Case, Fate>();
  const kills = new Map<string, number>();
  const queue = Object.values(Object.groupBy(mutants, ({ file }) => file)).flatMap((group) => group ?? []);
  const work = async (from: typeof first) => {
    let runner = from;
    /** Subsets that pass as the file stands: a test may need the ones before it, or fail now and then. */
    const sound = new Set<string>();
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      if (runner.isGone) runner = await startRunner(tests, values.slow);
      const subsets = subsetsFor(mutant, measured, kills);
      const fate = await fateOf(mutant, subsets, runner, sound, kills);
      fates.set(mutant, fate);
      if (fate === 'survived' || fate === 'reached by no test')
        console.log(`  ${mutant.file}:${mutant.line} ${mutant.change} (${fate})`);
    }
    runner.stop();
  };
  const others = Array.from({ length: Number(values.workers) - 1 }, () => startRunner(tests, values.slow));
  await Promise.all([work(first), ...others.map(async (runner) => work(await runner))]);
  return fates;
}

interface Timed extends Subset {
  milliseconds: number;
}

/** The tests that reach a mutant, those first that noticed most in its file, then the quickest. */
function subsetsFor(
  mutant: Case,
  measured: readonly MeasuredTest[],
  kills: ReadonlyMap<string, number>,
): Timed[] {
  const byModule = [...Map.groupBy(measured, ({ module }) => module)];
  const subsets = byModule.flatMap(([module, all]): Timed[] => {
    const part = resolve(mutant.part);
    const isEvery = all.some(({ reachBefore }) => reachBefore.includes(part));
    const reaching = all.filter(({ reach }) => isEvery || reach.includes(part));
    const chosen = reaching.filter(
      ({ milliseconds, passed }) => passed && (values.slow || milliseconds <= quickMs),
    );
    if (chosen.length === 0) return [];
    const whole = all.reduce((sum, test) => sum + test.milliseconds, 0);
    if (whole <= quickFileMs && all.every(({ passed }) => passed))
      return [{ module, ids: null, milliseconds: whole }];
    const milliseconds = chosen.reduce((sum, test) => sum + test.milliseconds, 0);
    return [{ module, ids: chosen.map(({ id }) => id), milliseconds }];
  });
  const killsOf = ({ module }: Subset) => kills.get(`${mutant.file} ${module}`) ?? 0;
  return subsets.sort((one, other) => killsOf(other) - killsOf(one) || one.milliseconds - other.milliseconds);
}

async function fateOf(
  mutant: Case,
  subsets: readonly Timed[],
  runner: Awaited<ReturnType<typeof startRunner>>,
  sound: Set<string>,
  kills: Map<string, number>,
): Promise<Fate> {
  if (subsets.length === 0) return 'reached by no test';
  const { file } = mutant;
  for (const subset of subsets) {
    const mostMs = Math.max(leastMs, 10 * subset.milliseconds);
    const result = await runner.passes(file, mutant, subset, mostMs);
    if (result === true) continue;
    const key = JSON.stringify([subset.module, subset.ids]);
    if (result === null) return 'too long';
    if (!sound.has(key)) {
      if (!(await runner.passes(file, null, subset, Number.POSITIVE_INFINITY))) continue;
      sound.add(key);
    }
    const place = `${file} ${subset.module}`;
    kills.set(place, (kills.get(place) ?? 0) + 1);
    return 'noticed';
  }
  return 'survived';
}

function sampleOf<Item>(items: readonly Item[], size: number): Item[] {
  const random = seededRandom('mutants', Number(values.seed));
  return items
    .map((item) => ({ item, key: random() }))
    .sort((one, other) => one.key - other.key)
    .slice(0, size)
    .map(({ item }) => item);
}

await main();
