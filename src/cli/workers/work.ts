import { randomUUID } from 'node:crypto';
import type { Plan } from '../../batch/plan.ts';
import { createPlanModels, type PlanModels } from '../../batch/plan-models.ts';
import type { DebateQueue } from '../../batch/workers/queue.ts';
import { createWorker, type Worker } from '../../batch/workers/run-worker.ts';
import { keyHash } from '../../batch/workers/shared-limits.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { failure, type Outcome } from '../../debate/outcome.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { isProgressWatched } from '../look.ts';
import { listenForSignals } from '../signals.ts';
import { keepHeapSmall } from '../small-heap.ts';
import type { PlanDatabase } from './connect.ts';
import { tellInLines } from './tell-in-lines.ts';
import type { WorkerNamed, WorkerTelling } from './telling.ts';
import type { WorkerCommandOptions } from './worker-options.ts';
import { endInWords } from './worker-words.ts';

/** Works on a database's plans until it is told to end; gives the exit code. */
export async function work(
  { pool, place }: PlanDatabase,
  queue: DebateQueue,
  options: WorkerCommandOptions,
  environment: Environment,
): Promise<number> {
  keepHeapSmall();
  const { variables, workingDirectory, host } = environment;
  const leaseMs = options.lease * 1000;
  const name = `${host}:${process.pid}`;
  const telling = await openTelling({ name, place, leaseMs }, options, environment);
  const tracing = await openTracing({ variables, stderr: { write: telling.say } });
  const worker: Worker = createWorker({
    ...{ pool, queue, leaseMs, version, name, worker: randomUUID() },
    store: openPostgresStore({
      ...{ connection: pool, clock: systemClock, leaseMs, holder: `the worker ${name}` },
      onLeaseLost: (debate) => worker.lost(debate),
    }),
    clock: systemClock,
    jitter: Math.random,
    mostCalls: options.concurrency,
    untilEmpty: options.untilEmpty === true,
    modelsFor: ({ plan, price }) =>
      modelsHere(plan, {
        environment: variables,
        folder: workingDirectory,
        ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
        ...(price === null ? {} : { price }),
      }),
    keyHashOf: (spec) => keyHash(spec, variables),
    report: telling.say,
    onTrouble: telling.trouble,
    watchRun(run, task, plan) {
      tracing?.follow(run);
      return telling.watch(run, task, plan);
    },
  });
  telling.say(`Working on the plans in ${place}. Ctrl+C or SIGTERM ends it well.`);
  const interruption = listenForSignals(
    () => {
      telling.stopping(
        'Stopping: the calls under way may end, and everything is saved. A second signal leaves at once.',
      );
      worker.stop('The worker was told to end.');
    },
    (code) => {
      telling.leave();
      process.exit(code);
    },
  );
  telling.follow(worker.state, () => interruption.interrupt());
  let state: WorkerState;
  try {
    state = await worker.run();
  } finally {
    interruption.dispose();
    await telling.close();
    await tracing?.close();
  }
  for (const line of endInWords(state)) telling.say(line);
  return interruption.code ?? codeOf(state);
}

/** A plan's models with this machine's keys. Which model is used was decided when the plan was submitted. */
function modelsHere(plan: Plan, settings: ModelSettings): Outcome<PlanModels> {
  const models = createPlanModels(plan, settings);
  if (models.ok || models.failure.reason !== 'missing-key') return models;
  const [what = ''] = models.failure.message.split(', or use --model');
  return failure('missing-key', `${what} here, and start the worker again.`);
}

/** The screen, and Ink with it, is loaded only where a person watches. */
async function openTelling(
  named: WorkerNamed,
  options: WorkerCommandOptions,
  environment: Environment,
): Promise<WorkerTelling> {
  if (!isProgressWatched(options, environment)) return tellInLines(environment);
  const { tellOnScreen } = await import('./tell-on-screen.ts');
  return tellOnScreen(named, options.theme, environment);
}

function codeOf({ isHopeless, plans }: WorkerState): number {
  if (isHopeless) return exitCode.failed;
  const isDone = plans.every(({ counts }) => counts.done === counts.planned);
  return isDone ? exitCode.done : exitCode.incomplete;
}
