import { systemClock } from '../../run/system-clock.ts';
import { createQueuePace } from '../../terminal/progress/queue-pace.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import { duration } from '../../text/figures.ts';
import { debateLabel } from '../batch/debate-label.ts';
import type { Environment } from '../environment.ts';
import { createTalkingScreen } from '../progress/talking-screen.ts';
import { tellInLines } from './tell-in-lines.ts';
import type { WorkerNamed, WorkerTelling } from './telling.ts';
import { workerProgress } from './worker-progress.ts';
import { databaseInWords } from './worker-words.ts';

/** The progress view, for a person at a terminal. Should it break, the worker goes on and is told in lines. */
export function tellOnScreen(
  named: WorkerNamed,
  theme: string | undefined,
  environment: Environment,
): WorkerTelling {
  const lines = tellInLines(environment);
  const watched = createWatchedDebates(systemClock);
  const pace = createQueuePace(systemClock);
  const known = new Set<string>();
  const told = new Set<string>();
  const screen = createTalkingScreen({
    ...{ environment, theme, say: lines.say },
    whenBroken: 'the worker goes on',
  });
  return {
    follow(state, interrupt) {
      screen.show({
        look: (seen) => workerProgress({ ...named, state, watched, pace, known, seen }),
        interrupt,
        broken: () => lines.follow(state, interrupt),
      });
    },
    watch: (run, task, plan) => watched.watch(run, debateLabel(plan, task)),
    say: screen.say,
    trouble(why) {
      const words = databaseInWords(why);
      if (!screen.isShown) lines.trouble(why);
      // While a server restarts it comes and goes; the view shows how it is now, and later only that it was away.
      else if (why !== null && !told.has(words)) screen.say(words);
      told.add(words);
    },
    stopping: screen.stopping,
    leave() {
      lines.leave();
      const wait = duration(named.leaseMs);
      screen.leave(`Left at once. What was finished is saved; others take its debates after ${wait}.`);
    },
    async close() {
      await screen.close();
      await lines.close();
    },
  };
}
