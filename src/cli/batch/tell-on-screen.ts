import { systemClock } from '../../run/system-clock.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { Environment } from '../environment.ts';
import { createTalkingScreen } from '../progress/talking-screen.ts';
import { batchProgress } from './batch-progress.ts';
import { debateLabel } from './debate-label.ts';
import type { OpenBatch } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';
import { tellInLines } from './tell-in-lines.ts';
import type { Telling } from './telling.ts';

/** The progress view, for a person at a terminal. Should it break, the batch goes on and is told in lines. */
export function tellOnScreen(
  open: OpenBatch,
  options: BatchCommandOptions,
  environment: Environment,
): Telling {
  const lines = tellInLines(open, options, environment);
  const watched = createWatchedDebates(systemClock);
  const screen = createTalkingScreen({
    ...{ environment, theme: options.theme, say: lines.say },
    whenBroken: 'the batch goes on',
  });
  return {
    follow(batch, interrupt) {
      const { state } = batch;
      const retryFailed = options.retryFailed === true;
      screen.show({
        look: (seen) => batchProgress({ open, retryFailed, state, watched, seen }),
        interrupt,
        broken: () => lines.follow(batch, interrupt),
      });
    },
    watch: (run, task) => watched.watch(run, debateLabel(open.plan, task)),
    rested(debate, outcome) {
      if (!screen.isShown) lines.rested(debate, outcome);
      else if ('why' in outcome) screen.fault({ debate, why: outcome.why });
    },
    say: screen.say,
    stopping: screen.stopping,
    leave() {
      lines.leave();
      screen.leave('Left at once. What was finished is saved.');
    },
    async close() {
      await screen.close();
      await lines.close();
    },
  };
}
