import { systemClock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Environment } from '../environment.ts';
import { progressInWords } from './batch-words.ts';
import type { OpenBatch } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';
import type { Telling } from './telling.ts';

/** Milliseconds between two lines: rarely enough for a log. */
const between = 10_000;

/** A line now and then: for pipes, logs, screen readers and --plain. */
export function tellInLines(
  { estimate }: Pick<OpenBatch, 'estimate'>,
  { retryFailed }: Pick<BatchCommandOptions, 'retryFailed'>,
  { stderr }: Pick<Environment, 'stderr'>,
): Telling {
  const say = (line: string) => void stderr.write(`${sanitizeLine(line)}\n`);
  const { planned, done, failed } = estimate.debates;
  const before = done + (retryFailed ? 0 : failed);
  const startedAt = systemClock.now();
  let timer: NodeJS.Timeout | null = null;
  const end = () => {
    if (timer) clearInterval(timer);
  };
  return {
    follow({ state }) {
      const show = () =>
        say(progressInWords({ state, planned, before, elapsedMs: systemClock.now() - startedAt }));
      timer = setInterval(show, between);
    },
    watch: () => undefined,
    rested(id, outcome) {
      if ('why' in outcome) say(`${id} ${outcome.state}: ${outcome.why}`);
    },
    say,
    stopping: say,
    leave: end,
    close: async () => end(),
  };
}
