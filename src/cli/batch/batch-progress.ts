import type { BatchState } from '../../batch/run-batch.ts';
import type { ProgressState } from '../../terminal/progress/progress-state.ts';
import type { Remainder, WatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { SeenOnScreen } from '../progress/talking-screen.ts';
import type { OpenBatch } from './open-batch.ts';

export interface BatchProgressFacts {
  open: Pick<OpenBatch, 'name' | 'plan' | 'models' | 'estimate'>;
  retryFailed: boolean;
  state: BatchState;
  watched: WatchedDebates;
  seen: SeenOnScreen;
}

/** A batch as the progress view shows it. */
export function batchProgress(facts: BatchProgressFacts): ProgressState {
  const { open, state, watched, seen } = facts;
  const { planned } = open.estimate.debates;
  const { done, failed, skipped, running, spending, limiters, lockstep, stopping } = state;
  const remainder = remainderOf(facts);
  const { usd, tokens, unpricedCalls } = spending;
  const { budget } = open.plan;
  const unknown = { inTheEnd: null, atMost: null };
  return {
    who: { type: 'batch' },
    heading: open.name,
    isSimulated: [...open.models.handles.values()].some(({ simulated }) => simulated),
    ...seen,
    stopping,
    plans: [
      {
        name: open.name,
        ...{ planned, done, failed, skipped, running, unpricedCalls, isUsedUp: false },
        usd: {
          soFar: usd,
          budget: budget.usd,
          ...(unpricedCalls > 0 ? unknown : watched.inTheEnd('usd', usd, remainder)),
        },
        tokens: { soFar: tokens, budget: budget.tokens, ...watched.inTheEnd('tokens', tokens, remainder) },
      },
    ],
    ...watched.rates(),
    // Answers of jobs come hours after each other, and all at once: no pace says when.
    timeLeft: lockstep === null ? watched.timeLeft(remainder) : null,
    providers: limiters,
    jobs: lockstep === null ? null : { underWay: lockstep.jobs, trouble: lockstep.trouble },
    debates: watched.running,
  };
}

function remainderOf({ open: { estimate }, retryFailed, state }: BatchProgressFacts): Remainder {
  const { planned, fresh, unfinished, failed } = estimate.debates;
  const over = state.done + state.failed + state.skipped + state.unfinished;
  return {
    waiting: Math.max(0, planned - over - state.running),
    most: {
      debates: fresh + unfinished + (retryFailed ? failed : 0),
      calls: estimate.calls,
      usd: estimate.costUsd,
      tokens: estimate.inputTokens + estimate.outputTokens,
    },
  };
}
