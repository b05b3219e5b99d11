import type { Pool } from 'pg';
import { createPersistence } from '../../batch/workers/persistence.ts';
import { type QueueStatus, readStatus } from '../../batch/workers/plan-status.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import { systemClock } from '../../run/system-clock.ts';
import { createQueuePace } from '../../terminal/progress/pace.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { print } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { queueProgress } from '../progress/plan-progress.ts';
import { debateReader, openReporter } from '../progress/reporter.ts';
import { listenForSignals } from '../signals.ts';
import { databaseInWords, isOpen, openPlansInWords, statusInWords } from './worker-words.ts';

export interface StatusOptions {
  json: boolean;
  plain: boolean;
  theme: string;
}

/** Milliseconds between two looks. */
const between = 2000;
/** Debates set aside that are named for each plan at every look. */
const mostNamed = 20;

/** Looks at a queue again and again until nothing is left in it that a worker could run; gives the exit code. */
export async function watchStatus(
  { pool, place }: { pool: Pool; place: string },
  options: StatusOptions,
  environment: Environment,
): Promise<number> {
  const { stdout } = environment;
  const view = await openView({ pool, place }, options, environment);
  const ended = new AbortController();
  const interruption = listenForSignals(() => ended.abort());
  stdout.once('error', () => ended.abort());
  const persistence = createPersistence(systemClock, ({ isOver, message }) =>
    view.trouble(isOver ? null : message),
  );
  let last: QueueStatus | null = null;
  try {
    do {
      const status = await persistence.until(() => readStatus(pool, mostNamed), ended.signal);
      if (status === null || ended.signal.aborted) break;
      last = status;
      view.saw(status, () => interruption.interrupt());
      if (isAtRest(status)) break;
      await systemClock.sleep(between, ended.signal);
    } while (!ended.signal.aborted);
  } finally {
    interruption.dispose();
    await view.close();
  }
  if (last !== null && !options.json) print(environment, statusInWords(place, last));
  return interruption.code ?? (isAllDone(last) ? exitCode.done : exitCode.incomplete);
}

/** A plan whose budget is used up goes on only once it is submitted with a larger one. */
function isAtRest({ plans }: QueueStatus): boolean {
  return plans.every((plan) => !isOpen(plan) || (plan.isUsedUp && plan.counts.underWay === 0));
}

function isAllDone(status: QueueStatus | null): boolean {
  return status?.plans.every(({ counts }) => counts.done === counts.planned) === true;
}

interface StatusView {
  /** `interrupt` is what Ctrl+C does where keys are read. */
  saw(status: QueueStatus, interrupt: () => void): void;
  /** The database does not answer, and why; null once it does again. */
  trouble(why: string | null): void;
  close(): Promise<void>;
}

async function openView(
  { pool, place }: { pool: Pool; place: string },
  { json, plain, theme }: StatusOptions,
  environment: Environment,
): Promise<StatusView> {
  const { stdout } = environment;
  const reporter = await openReporter({
    ...{ environment, theme, linesTo: 'stdout', sameAgainMs: Number.POSITIVE_INFINITY },
    plain: plain || json || stdout.isTTY !== true,
    whenBroken: 'the plans are shown in lines',
  });
  const pace = createQueuePace(systemClock);
  let latest: { status: QueueStatus; askedAt: number } | null = null;
  let trouble: string | null = null;
  let printed = '';
  const printJson = (status: QueueStatus) => {
    const changed = openPlansInWords(status).join('\n');
    if (changed !== printed) stdout.write(`${escapedJson({ place, ...status })}\n`);
    printed = changed;
  };
  return {
    saw(status, interrupt) {
      const isFirst = latest === null;
      const current = { status, askedAt: systemClock.now() };
      latest = current;
      if (json) return printJson(status);
      if (!isFirst) return;
      reporter.follow({
        look: (seen) => queueProgress({ place, ...(latest ?? current), trouble, pace, seen }),
        lines: () => openPlansInWords((latest ?? current).status),
        interrupt,
        open: debateReader(openPostgresStore({ connection: pool, clock: systemClock, patienceMs: 0 })),
      });
    },
    trouble(why) {
      const words = databaseInWords(why);
      trouble = why === null ? null : words;
      if (!reporter.isOnScreen) reporter.say(words);
    },
    close: reporter.close,
  };
}
