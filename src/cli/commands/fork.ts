import { success } from '../../debate/outcome.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import type { JournalStore } from '../../journal/types.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import type { DebateRun } from '../../run/debate-run.ts';
import { prepareFork } from '../../run/prepare-fork.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import { chooseModels } from '../choose-models.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { forkPrompts } from '../fork-prompts.ts';
import { chooseScreen, isWatched, type ScreenOptions } from '../front-end.ts';
import { withRuns } from '../open-runs.ts';
import { placeOfRun, shownRun } from '../run-place.ts';
import { listenForSignals } from '../signals.ts';
import { watch } from './watch.ts';

/** Most forks that one command makes. */
const mostForks = 64;

/** `parley fork`: goes on differently from a turn of a stored debate, once or several times. */
export async function fork(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment.color, tracingVariables);
  const turn = wholeNumber(options['turn'], Number.MAX_SAFE_INTEGER);
  if (turn === null) return complain(environment, '--turn must be the number of a speech, such as 7.');
  const count = wholeNumber(options['n'], mostForks);
  if (count === null) return complain(environment, `--n must be a whole number from 1 to ${mostForks}.`);
  if (count > 1 && options['name'] !== undefined) {
    return complain(
      environment,
      '--name is for one fork; with --n the names are made from the run and the turn.',
    );
  }
  const { folder, name: run } = placeOfRun(given ?? '', String(options['transcripts']));
  return withRuns(folder, environment, ({ store }) =>
    forkIn({ store, folder, run, turn }, count, options, environment),
  );
}

type Forked = Omit<OneFork, 'branch' | 'name'>;

async function forkIn(
  forked: Forked,
  count: number,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const { folder, run, turn } = forked;
  const branches = await freeBranches(forked, count);
  for (const [index, branch] of branches.entries()) {
    const name = typeof options['name'] === 'string' ? options['name'] : nameOf(run, turn, branch);
    const prepared = await prepareOne({ ...forked, branch, name }, options, environment);
    if (!prepared.ok) return complain(environment, prepared.failure.message);
    if (count === 1)
      return watch(prepared.value, { title: name, folder }, options as ScreenOptions, environment);
    const code = await holdUnseen(prepared.value, `${index + 1} of ${count}`, environment);
    if (code !== exitCode.done) return code;
  }
  environment.stderr.write(
    `Compare two with: parley diff ${shownRun(folder, run)} ${shownRun(folder, nameOf(run, turn, branches[0] ?? 1))}\n`,
  );
  return exitCode.done;
}

interface OneFork {
  store: JournalStore;
  folder: string;
  run: string;
  turn: number;
  branch: number;
  name: string;
}

function prepareOne(one: OneFork, options: Record<string, unknown>, environment: Environment) {
  const kind = chooseScreen(options as ScreenOptions, environment);
  return prepareFork({
    ...one,
    version,
    clock: systemClock,
    jitter: Math.random,
    goOn: async ({ prompts: before, settings, models }) => {
      const prompts = await forkPrompts(before, options);
      if (!prompts.ok) return prompts;
      const personas = before.scenario.personas.map((persona) => persona.member.id);
      const asked = { options, personas, isWatched: isWatched(kind, environment), before: models };
      const chosen = await chooseModels(asked, environment);
      if (!chosen.ok) return chosen;
      environment.stderr.write(`${chosen.value.line}\n`);
      return success({ modelOf: chosen.value.modelOf, settings, prompts: prompts.value });
    },
  });
}

/** Several forks are held one after another without showing them. */
async function holdUnseen(run: DebateRun, which: string, environment: Environment): Promise<number> {
  const interruption = listenForSignals(
    () => run.stop(),
    (code) => process.exit(code),
  );
  const tracing = await openTracing(environment);
  tracing?.follow(run);
  try {
    const { ended } = await run.start();
    environment.stderr.write(`Fork ${which}: ${run.debate}, ${ended?.reason ?? 'not ended'}\n`);
    if (ended?.reason === 'failed') return complain(environment, ended.detail);
    return interruption.code ?? exitCode.done;
  } finally {
    interruption.dispose();
    await tracing?.close();
  }
}

/** Numbers whose names are not taken, from 1. */
async function freeBranches({ store, run, turn }: Forked, count: number): Promise<number[]> {
  const free: number[] = [];
  for (let branch = 1; free.length < count; branch++) {
    if (await isFree(store, nameOf(run, turn, branch))) free.push(branch);
  }
  return free;
}

/** A name that no store takes is for the one who makes the fork to complain of. */
async function isFree(store: JournalStore, name: string): Promise<boolean> {
  for await (const event of store.events(name)) return !event.ok && event.failure.reason !== 'damaged';
  return false;
}

function nameOf(run: string, turn: number, branch: number): string {
  return `${run.slice(0, 80)}-t${turn}-${branch}`;
}

function wholeNumber(given: unknown, most: number): number | null {
  const text = String(given ?? '');
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : null;
}
