import type { QueueStatus } from '../../batch/workers/plan-status.ts';
import { systemClock } from '../../run/system-clock.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Environment } from '../environment.ts';
import type { StatusOptions, StatusTelling } from './watch-status.ts';
import { databaseInWords, openPlansInWords } from './worker-words.ts';

/** Milliseconds between two lines of a plan: rarely enough for a log. */
const between = 10_000;

/** What has changed, now and then: for pipes, logs, screen readers and --plain; with --json an object for each change. */
export function statusInLines(
  place: string,
  { json }: Pick<StatusOptions, 'json'>,
  { stdout, stderr }: Pick<Environment, 'stdout' | 'stderr'>,
): StatusTelling {
  let last = { words: '', at: Number.NEGATIVE_INFINITY };
  const saw = (status: QueueStatus) => {
    const now = systemClock.now();
    const lines = openPlansInWords(status);
    const words = lines.join('\n');
    if (words === last.words || (json !== true && now - last.at < between)) return;
    last = { words, at: now };
    if (json === true) stdout.write(`${escapedJson({ place, ...status })}\n`);
    else for (const line of lines) stdout.write(`${sanitizeLine(line)}\n`);
  };
  return {
    follow: () => {},
    saw,
    trouble: (why) => void stderr.write(`${sanitizeLine(databaseInWords(why))}\n`),
    close: async () => {},
  };
}
