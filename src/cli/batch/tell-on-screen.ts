import { systemClock } from '../../run/system-clock.ts';
import { createProgress, type ProgressScreen } from '../../terminal/progress/create-progress.ts';
import { createWatchedDebates } from '../../terminal/progress/watched-debates.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Environment } from '../environment.ts';
import { colorDepth, themeOf } from '../look.ts';
import { batchProgress } from './batch-progress.ts';
import { debateLabel } from './debate-label.ts';
import { createFaultList } from './fault-list.ts';
import type { OpenBatch } from './open-batch.ts';
import type { BatchCommandOptions } from './options.ts';
import { tellInLines } from './tell-in-lines.ts';
import type { Telling } from './telling.ts';

/** Faults that are left on the normal screen once the view is gone. */
const mostLeft = 20;

/** The progress view, for a person at a terminal. Should it break, the batch goes on and is told in lines. */
export function tellOnScreen(
  open: OpenBatch,
  options: BatchCommandOptions,
  environment: Environment,
): Telling {
  const { stdin, stderr } = environment;
  const lines = tellInLines(open, options, environment);
  const watched = createWatchedDebates(systemClock);
  const faults = createFaultList();
  const startedAt = systemClock.now();
  let screen: ProgressScreen | null = null;
  let isInterrupted = false;
  let isBroken = false;
  const isShown = () => screen !== null && !isBroken;

  const recall = () => {
    if (isBroken) return;
    const hidden = faults.count - Math.min(faults.count, mostLeft);
    if (hidden > 0) lines.say(`${hidden} more went wrong before these.`);
    for (const { debate, why } of faults.last.slice(-mostLeft)) {
      lines.say(debate === null ? why : `${debate}: ${why}`);
    }
  };
  return {
    follow(batch, interrupt) {
      const { state } = batch;
      const retryFailed = options.retryFailed === true;
      screen = createProgress({
        ...{ stdin, out: stderr, interrupt },
        theme: themeOf(options.theme, environment),
        color: options.theme === 'none' ? 'none' : colorDepth(environment),
        look: () => {
          const now = systemClock.now();
          return batchProgress({ open, retryFailed, state, watched, faults, now, startedAt, isInterrupted });
        },
        failed(error) {
          lines.say(`The progress screen broke, and the batch goes on. ${String(error)}`);
          recall();
          isBroken = true;
          lines.follow(batch, interrupt);
        },
      });
    },
    watch: (run, task) => watched.watch(run, debateLabel(open.plan, task)),
    rested(debate, outcome) {
      if (!isShown()) lines.rested(debate, outcome);
      else if ('why' in outcome) faults.add({ debate, why: outcome.why });
    },
    say(line) {
      if (isShown()) faults.add({ debate: null, why: line });
      else lines.say(line);
    },
    stopping(line) {
      isInterrupted = true;
      if (!isShown()) lines.stopping(line);
    },
    leave() {
      lines.leave();
      if (!isShown()) return;
      screen?.giveBack();
      recall();
      stderr.write(`${sanitizeLine('Left at once. What was finished is saved.')}\n`);
    },
    async close() {
      await screen?.close();
      await lines.close();
      recall();
    },
  };
}
