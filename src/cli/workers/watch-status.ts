import type { Pool } from 'pg';
import { createPersistence } from '../../batch/workers/persistence.ts';
import { type QueueStatus, readStatus } from '../../batch/workers/plan-status.ts';
import { systemClock } from '../../run/system-clock.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { indented } from '../indented.ts';
import { isProgressWatched } from '../look.ts';
import { listenForSignals } from '../signals.ts';
import { statusInLines } from './status-in-lines.ts';
import { isOpen, statusInWords } from './worker-words.ts';

/** How somebody is told of a queue who only looks on. */
export interface StatusTelling {
  /** `interrupt` is what Ctrl+C does where keys are read. */
  follow(interrupt: () => void): void;
  saw(status: QueueStatus): void;
  /** The database does not answer, and why; null once it does again. */
  trouble(why: string | null): void;
  close(): Promise<void>;
}

export interface StatusOptions {
  json?: boolean;
  plain?: boolean;
  theme?: string;
}

/** Milliseconds between two looks. */
const between = 2000;
/** Debates set aside that are named for each plan at every look. */
const mostNamed = 20;

/** Looks at a queue again and again until nothing is left in it that a worker could hold; gives the exit code. */
export async function watchStatus(
  { pool, place }: { pool: Pool; place: string },
  options: StatusOptions,
  environment: Environment,
): Promise<number> {
  const { stdout } = environment;
  const telling = await openTelling(place, options, environment);
  const ended = new AbortController();
  const interruption = listenForSignals(
    () => ended.abort(),
    (code) => process.exit(code),
  );
  stdout.once('error', () => ended.abort());
  const persistence = createPersistence(systemClock, ({ isOver, message }) =>
    telling.trouble(isOver ? null : message),
  );
  let last: QueueStatus | null = null;
  telling.follow(() => interruption.interrupt());
  try {
    do {
      const status = await persistence.until(() => readStatus(pool, mostNamed), ended.signal);
      if (status === null || ended.signal.aborted) break;
      last = status;
      telling.saw(status);
      if (isAtRest(status)) break;
      await systemClock.sleep(between, ended.signal);
    } while (!ended.signal.aborted);
  } finally {
    interruption.dispose();
    await telling.close();
  }
  if (last !== null && options.json !== true) {
    for (const line of statusInWords(place, last)) stdout.write(`${indented(line)}\n`);
  }
  return interruption.code ?? (isAllDone(last) ? exitCode.done : exitCode.incomplete);
}

/** A plan whose budget is used up goes on only once it is submitted with a larger one. */
function isAtRest({ plans }: QueueStatus): boolean {
  return plans.every((plan) => !isOpen(plan) || (plan.isUsedUp && plan.counts.underWay === 0));
}

function isAllDone(status: QueueStatus | null): boolean {
  return status?.plans.every(({ counts }) => counts.done === counts.planned) === true;
}

/** The screen, and Ink with it, is loaded only where a person watches what would else be printed. */
async function openTelling(
  place: string,
  options: StatusOptions,
  environment: Environment,
): Promise<StatusTelling> {
  const isWatched = environment.stdout.isTTY === true && isProgressWatched(options, environment);
  if (options.json === true || !isWatched) return statusInLines(place, options, environment);
  const { statusOnScreen } = await import('./status-on-screen.ts');
  return statusOnScreen(place, options.theme, environment);
}
