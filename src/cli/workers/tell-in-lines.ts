import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { systemClock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Environment } from '../environment.ts';
import type { WorkerTelling } from './telling.ts';
import { databaseInWords, healthInWords } from './worker-words.ts';

/** Milliseconds between two lines on how it is: rarely enough for a log. */
const between = 10_000;
/** While nothing changes a line says no more than that it lives. */
const betweenTheSame = 60_000;

/** A line now and then: for pipes, logs, screen readers and --plain. */
export function tellInLines({ stderr }: Pick<Environment, 'stderr'>): WorkerTelling {
  const say = (line: string) => void stderr.write(`${sanitizeLine(line)}\n`);
  const startedAt = systemClock.now();
  let last = { words: '', at: 0 };
  let timer: NodeJS.Timeout | null = null;
  const show = (state: WorkerState) => {
    const now = systemClock.now();
    const words = healthInWords(state, now - startedAt);
    if (words === last.words && now - last.at < betweenTheSame) return;
    last = { words, at: now };
    say(words);
  };
  const end = () => {
    if (timer) clearInterval(timer);
  };
  return {
    follow(state) {
      timer = setInterval(() => show(state), between);
    },
    watch: () => undefined,
    say,
    trouble: (why) => say(databaseInWords(why)),
    stopping: say,
    leave: end,
    close: async () => end(),
  };
}
