import { randomUUID } from 'node:crypto';
import { createPlanModels } from '../../batch/plan-models.ts';
import type { DebateQueue } from '../../batch/workers/queue.ts';
import { createWorker, type Worker } from '../../batch/workers/worker.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import { systemClock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { listenForSignals } from '../signals.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { version } from '../version.ts';
import type { PlanDatabase } from './connect.ts';
import { keyHash } from './key-hash.ts';
import { endInWords, healthInWords } from './words.ts';
import type { WorkerCommandOptions } from './worker-options.ts';

/** Milliseconds between two lines on how it is. */
const between = 10_000;

/** Works on a database's plans until it is told to end; gives the exit code. */
export async function work(
  { pool, place }: PlanDatabase,
  queue: DebateQueue,
  options: WorkerCommandOptions,
  environment: Environment,
): Promise<number> {
  keepHeapSmall();
  const say = (line: string) => void environment.stderr.write(`${sanitizeLine(line)}\n`);
  const { variables, workingDirectory, host } = environment;
  const leaseMs = options.lease * 1000;
  const name = `${host}:${process.pid}`;
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
      createPlanModels(plan, {
        environment: variables,
        folder: workingDirectory,
        ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
        ...(price === null ? {} : { price }),
      }),
    keyHashOf: (spec) => keyHash(spec, variables),
    tell: say,
  });
  say(`Working on the plans in ${place}. Ctrl+C or SIGTERM ends it well.`);
  const interruption = listenForSignals(
    () => {
      say('Stopping: the calls under way may end, and everything is saved. A second signal leaves at once.');
      worker.stop('The worker was told to end.');
    },
    (code) => process.exit(code),
  );
  const startedAt = systemClock.now();
  const timer = setInterval(() => say(healthInWords(worker.state, systemClock.now() - startedAt)), between);
  try {
    const state = await worker.run();
    for (const line of endInWords(state)) say(line);
    return interruption.code ?? codeOf(state);
  } finally {
    clearInterval(timer);
    interruption.dispose();
  }
}

function codeOf({ isHopeless, plans }: WorkerState): number {
  if (isHopeless) return exitCode.failed;
  const isDone = plans.every(({ counts }) => counts.done === counts.planned);
  return isDone ? exitCode.done : exitCode.incomplete;
}
