import type { BatchState } from '../../batch/batch-state.ts';
import type { OpenBatch } from '../../batch/open-batch.ts';
import type { Plan } from '../../batch/plan.ts';
import { castOrderText } from '../../batch/plan.ts';
import type { Task } from '../../batch/planned-debate.ts';
import type { ProgressState } from '../../terminal/progress/progress-state.ts';
import type { Remainder, WatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { SeenOnScreen } from '../progress/reporter.ts';

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
  const { budget } = state;
  const unknown = { inTheEnd: null, atMost: null };
  return {
    who: { type: 'batch' },
    heading: open.name,
    isSimulated: [...open.models.handles.values()].some(({ simulated }) => simulated),
    ...seen,
    stopping,
    controls: { isPaused: state.isPaused },
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

/** What tells a debate of a plan from its others: `steel/gpt-5-mini #3`, and in full `us-dprk-talks/steel/gpt-5-mini #3`. */
export function debateLabel(
  plan: Pick<Plan, 'arms' | 'scenarios' | 'articles' | 'castOrders' | 'repeats'>,
  { cell, debate: { id, arm } }: Pick<Task, 'cell' | 'debate'>,
): { debate: string; label: string; wholeLabel: string } {
  const scenario = lastOf(cell.scenario);
  const model = (arm.model ?? '').split(':').at(-1) ?? '';
  const models = new Set(plan.arms.map((one) => one.model));
  const further = [
    ...(plan.articles.length > 1 ? [lastOf(cell.article)] : []),
    ...(plan.castOrders.length > 1 ? [castOrderText(cell.castOrder)] : []),
    ...(plan.repeats > 1 ? [`#${cell.repeat}`] : []),
  ];
  const differing = [
    ...(plan.scenarios.length > 1 ? [scenario] : []),
    ...(plan.arms.length > 1 ? [arm.id] : []),
    ...(models.size > 1 ? [model] : []),
  ];
  const named = (parts: readonly string[]) => [parts.filter(Boolean).join('/'), ...further].join(' ');
  return {
    debate: id,
    label: named(differing.length > 0 ? differing : [scenario]),
    wholeLabel: named([scenario, arm.id, model]),
  };
}

/** Of a path or an address the last part, without its ending. */
function lastOf(reference: string): string {
  const last = reference.split(/[/\\]/).filter(Boolean).at(-1) ?? reference;
  return last.replace(/\.(md|html?|txt)$/, '');
}
