/**
 * Runs the tests of a room as often as it is asked, each time with one place of one file changed; started by
 * scripts/mutants.ts. A message in is a `Request`, a message out its answer. vitest stays loaded, so that a
 * mutant costs its tests and not the start of a process. No source file is touched: vitest is handed the changed text.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createVitest, type TestModule, type TestSpecification } from 'vitest/node';
import { slow } from '../../vitest.config.ts';
import { type Place, withReach } from './mutants-of.ts';

/** Some tests of a file; all of them where `ids` is null. */
export interface Subset {
  module: string;
  ids: readonly string[] | null;
}

/** A test and the parts of the measured files that ran in it. */
export interface MeasuredTest {
  module: string;
  id: string;
  name: string;
  milliseconds: number;
  passed: boolean;
  reach: readonly string[];
  reachBefore: readonly string[];
}

export type Request =
  /** Which parts of these files does each test reach, as they stand? Answered with `MeasuredTest[]`. */
  | { type: 'measure'; files: readonly string[] }
  /** Do the tests pass with this change, or as the file stands? The first that fails ends it. Answered with a boolean. */
  | { type: 'try'; file: string; place: Place | null; subset: Subset };

const [tests = '', withSlow = ''] = process.argv.slice(2);
const changed = new Map<string, string>();

const vitest = await createVitest(
  'test',
  {
    config: false,
    watch: false,
    bail: 1,
    passWithNoTests: true,
    reporters: [{}],
    include: [`${tests}/**/*.test.{ts,tsx}`],
    exclude: withSlow === '' ? slow : [],
    setupFiles: ['scripts/mutants/record-reach.ts'],
    // A thread starts in half the time of a process.
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // What vitest keeps of a file it transformed before would hide the change.
    fsModuleCache: false,
    env: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', OLLAMA_HOST: '', NO_COLOR: '', FORCE_COLOR: '' },
  },
  {
    plugins: [
      { name: 'mutant', enforce: 'pre', load: (id: string) => changed.get(id.split('?')[0] ?? '') ?? null },
    ],
  },
);
const specifications = await vitest.globTestSpecifications();

function change(texts: ReadonlyMap<string, string>): void {
  for (const file of new Set([...changed.keys(), ...texts.keys()])) vitest.invalidateFile(file);
  changed.clear();
  for (const [file, text] of texts) changed.set(file, text);
}

async function run(chosen: TestSpecification[]): Promise<{ modules: TestModule[]; passed: boolean }> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen);
  // vitest still tells of modules that ran before.
  const modules = testModules.filter(({ moduleId }) => chosen.some((one) => one.moduleId === moduleId));
  return { modules, passed: unhandledErrors.length === 0 && modules.every((module) => module.ok()) };
}

async function measure(files: readonly string[]): Promise<MeasuredTest[]> {
  change(new Map(files.map((file) => [resolve(file), withReach(file, readFileSync(file, 'utf8'))])));
  const { modules } = await run(specifications);
  return modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => ({
      module: module.moduleId,
      id: test.id,
      name: test.fullName,
      milliseconds: test.diagnostic()?.duration ?? 0,
      passed: test.ok(),
      reach: test.meta().reach ?? [],
      reachBefore: test.meta().reachBefore ?? [],
    })),
  );
}

async function passes(file: string, place: Place | null, { module, ids }: Subset): Promise<boolean> {
  const original = readFileSync(file, 'utf8');
  const text = place && original.slice(0, place.start) + place.replacement + original.slice(place.end);
  change(text === null ? new Map() : new Map([[resolve(file), text]]));
  const whole = specifications.find(({ moduleId }) => moduleId === module)!;
  const some = ids && whole.project.createSpecification(module, { testIds: [...ids] });
  return (await run([some ?? whole])).passed;
}

process.on('message', async (request: Request) => {
  process.send?.(
    request.type === 'measure'
      ? await measure(request.files)
      : await passes(request.file, request.place, request.subset),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
