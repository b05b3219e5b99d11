import type { Guard, Leave } from './guarded-model.ts';
import type { HeldDebate } from './claimed-debate.ts';
import type { SharedBudget, Used } from './shared-budget.ts';
import type { SharedLimit } from './shared-limits.ts';

export interface CallGuardOptions {
  held: HeldDebate;
  /** The plan's budget; null while it has none. */
  budget(): SharedBudget | null;
  /** What all workers together may ask of the model's provider; null for no limit. */
  limit: SharedLimit | null;
  /** Resolves once it is known that the worker still holds what it held. */
  vouch(): Promise<void>;
  /** Told of what is done beside the debate and must be finished before the worker ends. */
  beside(work: Promise<unknown>): void;
  /** A guard that fails is the worker's failure, and no call's. */
  onFailure(error: unknown): void;
}

/** What one call of a held debate must pass: still ours, within the budget, within the limits a minute. */
export function createCallGuard(options: CallGuardOptions): Guard {
  return {
    leave: (estimate, signal) =>
      leaveFor(options, estimate, signal).catch((error: unknown) => {
        options.onFailure(error);
        return null;
      }),
  };
}

async function leaveFor(
  { held, budget, limit, vouch, beside }: CallGuardOptions,
  estimate: Used,
  signal: AbortSignal | undefined,
): Promise<Leave | null> {
  const mayGoOn = () => !held.isStopping && signal?.aborted !== true;
  await vouch();
  if (!mayGoOn()) return null;
  const purse = budget();
  const share = purse ? await purse.reserve(estimate, signal) : null;
  if (purse && share === null) return null;
  const settle = (used: Used | null) => {
    if (purse && share !== null) beside(purse.settle(share, used));
  };
  const isAdmitted = limit ? await limit.admission(estimate.tokens, signal) : true;
  if (!isAdmitted || !mayGoOn()) {
    settle(null);
    return null;
  }
  held.callsUnderWay += 1;
  let isOver = false;
  return {
    over(used) {
      if (isOver) return;
      isOver = true;
      settle(used);
      limit?.settle(estimate.tokens, used?.tokens ?? 0);
      held.callsUnderWay -= 1;
      held.rest();
    },
  };
}
