import type { Clock } from '../debate/clock.ts';
import { systemClock } from '../run/system-clock.ts';
import { duration, grouped, rate } from '../text/figures.ts';
import type { Environment } from './environment.ts';
import { interruptible } from './signals.ts';

/** Does long work that Ctrl+C may stop and shows how far it is; `code` is owed to a signal, null where none came. */
export function withProgressLine<Result>(
  { stderr }: Pick<Environment, 'stderr'>,
  work: (line: ProgressLine, signal: AbortSignal) => Promise<Result>,
): Promise<{ result: Result; code: number | null }> {
  const line = createProgressLine(stderr, systemClock);
  return interruptible((signal) => work(line, signal).finally(line.clear));
}

export interface ProgressLine {
  /** `what` is the work in words, such as debates written. */
  show(what: string, done: number, of: number): void;
  /** Takes the line off the screen. */
  clear(): void;
}

/** Milliseconds between two drawings: often enough to look alive in a terminal, rarely enough for a log. */
const between = { terminal: 200, log: 10_000 };

/** How far a long work is, with its rate and the time left: redrawn in a terminal, a line now and then elsewhere. */
function createProgressLine(
  out: { isTTY?: boolean; write(text: string): unknown },
  clock: Pick<Clock, 'now'>,
): ProgressLine {
  const isTerminal = out.isTTY === true;
  let phase = '';
  let startedAt = 0;
  let shownAt = 0;
  return {
    show(what, done, of) {
      const now = clock.now();
      if (what !== phase) {
        phase = what;
        startedAt = now;
        shownAt = isTerminal ? 0 : now;
      }
      if (now - shownAt < (isTerminal ? between.terminal : between.log)) return;
      shownAt = now;
      const line = progressInWords(what, done, of, now - startedAt);
      out.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    clear() {
      if (isTerminal && phase !== '') out.write('\r\u001b[K');
    },
  };
}

/** `1,200 of 100,000 debates written, 1%, 240 a second, 6 min 52 s left`. */
function progressInWords(what: string, done: number, of: number, elapsedMs: number): string {
  const share = of === 0 ? 1 : done / of;
  const counted = `${grouped(done)} of ${grouped(of)} ${what}, ${Math.floor(share * 100)}%`;
  if (done === 0 || elapsedMs < 1000) return counted;
  const perSecond = (done / elapsedMs) * 1000;
  return `${counted}, ${rate(perSecond)} a second, ${duration(((of - done) / perSecond) * 1000)} left`;
}
