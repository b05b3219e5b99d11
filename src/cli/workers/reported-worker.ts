import type { PlanDatabase } from '../../batch/workers/plan-database.ts';
import type { DebateQueue } from '../../batch/workers/queue.ts';
import { openWorker } from '../../batch/workers/run-worker.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { openTracing } from '../../integrations/opentelemetry/open-tracing.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import { systemClock } from '../../run/system-clock.ts';
import { createQueuePace } from '../../terminal/progress/pace.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import { duration } from '../../text/figures.ts';
import type { workerOptions } from '../batch-options.ts';
import type { OptionValues } from '../command.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { modelSettings } from '../models.ts';
import { debateLabel, workerProgress } from '../progress/plan-progress.ts';
import { debateReader, openReporter, type Reporter, stopOnSignal } from '../progress/reporter.ts';
import type { progressOptions } from '../shared-options.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { databaseInWords, endInWords, healthInWords } from './worker-words.ts';

/** Works on a database's plans until it is stopped; gives the exit code. */
export async function workReported(
  database: PlanDatabase,
  queue: DebateQueue,
  options: OptionValues<typeof workerOptions> & OptionValues<typeof progressOptions>,
  environment: Environment,
): Promise<number> {
  keepHeapSmall(environment);
  const { pool, place } = database;
  const { variables, host } = environment;
  const leaseMs = options.lease * 1000;
  const name = `${host}:${process.pid}`;
  const reporter = await openReporter({
    ...{ environment, plain: options.plain, theme: options.theme, sameAgainMs: 60_000 },
    whenBroken: 'the worker continues',
  });
  const watched = createWatchedDebates(systemClock);
  const tracing = await openTracing({ variables, stderr: { write: reporter.say } });
  const worker = openWorker(database, queue, {
    ...{ name, leaseMs, mostCalls: options.concurrency, untilEmpty: options.untilEmpty },
    settings: modelSettings({ ...options, price: null }, environment),
    report: reporter.say,
    onTrouble: troubleReporter(reporter),
    watchRun(run, task, plan) {
      tracing?.follow(run);
      return reporter.isOnScreen ? watched.watch(run, debateLabel(plan, task)) : undefined;
    },
  });
  reporter.say(`Working on the plans in ${place}. Ctrl+C or SIGTERM stops it cleanly.`);
  const interruption = stopOnSignal(reporter, () => worker.stop('The worker was stopped.'), {
    stopping: 'Stopping: calls in progress finish and everything is saved. A second signal leaves at once.',
    left: `Left at once. What was finished is saved; others take its debates after ${duration(leaseMs)}.`,
  });
  const pace = createQueuePace(systemClock);
  const known = new Set<string>();
  reporter.follow({
    look: (seen) => workerProgress({ name, place, leaseMs, state: worker.state, watched, pace, known, seen }),
    lines: (elapsedMs) => [healthInWords(worker.state, elapsedMs)],
    interrupt: () => interruption.interrupt(),
    open: debateReader(openPostgresStore({ connection: pool, clock: systemClock, patienceMs: 0 })),
  });
  let state: WorkerState;
  try {
    state = await worker.run();
  } finally {
    interruption.dispose();
    await reporter.close();
    await tracing?.close();
  }
  for (const line of endInWords(state, place)) reporter.say(line);
  return interruption.code ?? codeOf(state);
}

/** While a server restarts it comes and goes; the screen shows how it is now, and later only that it was away. */
function troubleReporter(reporter: Reporter): (why: string | null) => void {
  const said = new Set<string>();
  return (why) => {
    const words = databaseInWords(why);
    if (!reporter.isOnScreen || (why !== null && !said.has(words))) reporter.say(words);
    said.add(words);
  };
}

function codeOf({ isHopeless, plans }: WorkerState): number {
  if (isHopeless) return exitCode.failed;
  const isDone = plans.every(({ counts }) => counts.done === counts.planned);
  return isDone ? exitCode.done : exitCode.incomplete;
}
