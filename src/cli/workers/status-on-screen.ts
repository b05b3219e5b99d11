import type { QueueStatus } from '../../batch/workers/plan-status.ts';
import { systemClock } from '../../run/system-clock.ts';
import { createQueuePace } from '../../terminal/progress/queue-pace.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Environment } from '../environment.ts';
import { createTalkingScreen } from '../progress/talking-screen.ts';
import { queueProgress } from './queue-progress.ts';
import { statusInLines } from './status-in-lines.ts';
import type { StatusTelling } from './watch-status.ts';
import { databaseInWords } from './worker-words.ts';

/** The progress view of plans and their workers, for a person at a terminal. */
export function statusOnScreen(
  place: string,
  theme: string | undefined,
  environment: Environment,
): StatusTelling {
  const lines = statusInLines(place, {}, environment);
  const pace = createQueuePace(systemClock);
  const screen = createTalkingScreen({
    ...{ environment, theme },
    say: (line) => void environment.stderr.write(`${sanitizeLine(line)}\n`),
    whenBroken: 'the plans are told in lines',
  });
  let status: QueueStatus = { plans: [], workers: [] };
  let askedAt = systemClock.now();
  let trouble: string | null = null;
  let interrupted: () => void = () => {};
  const show = () => {
    screen.show({
      look: (seen) => queueProgress({ place, status, askedAt, trouble, pace, seen }),
      interrupt: () => interrupted(),
      broken: () => {},
    });
  };
  let isFirst = true;
  return {
    follow(interrupt) {
      interrupted = interrupt;
    },
    saw(now) {
      status = now;
      askedAt = systemClock.now();
      if (isFirst) show();
      isFirst = false;
      if (!screen.isShown) lines.saw(now);
    },
    trouble(why) {
      trouble = why === null ? null : databaseInWords(why);
      if (!screen.isShown) lines.trouble(why);
    },
    close: screen.close,
  };
}
