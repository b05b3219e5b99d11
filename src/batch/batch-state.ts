import type { Manifest } from '../run/catalogue/manifest.ts';
import { createTotals, type RunTotals } from '../run/catalogue/run-summary.ts';
import type { PlanEstimate } from './estimate-plan.ts';
import type { Spending } from './funding.ts';
import type { LockstepState } from './lockstep/jobs-under-way.ts';
import type { Plan } from './plan.ts';
import type { Ledger } from './planned-debate.ts';
import { type DebateOutcome, type Task, type TaskSurroundings, tasksOf } from './planned-debate.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { CallLimits } from './rate-limiters.ts';

export interface BatchOptions extends TaskSurroundings {
  ledger: Ledger;
  /** What a whole debate would take, to begin none that the budget cannot carry. */
  estimate: Pick<PlanEstimate, 'debateOf'>;
  manifest: Manifest;
  retryFailed: boolean;
  limits: CallLimits;
  /** Has models that can do so answer in jobs, one for all debates at a time; null where every call is made by itself. */
  inJobs: { folder: string; pollMs: number } | null;
  /** A debate of this batch rested, failed or was passed over. */
  onDebate?(id: string, outcome: DebateOutcome): void;
}

/** How far a batch is, the debates of earlier runs included. */
export interface BatchState {
  /** Over, failed, passed over because another process runs them, begun and not over. */
  done: number;
  failed: number;
  skipped: number;
  unfinished: number;
  /** Running now. */
  running: number;
  /** Debates that are over, by arm. */
  arms(): { arm: string; totals: RunTotals }[];
  spending: Spending;
  limiters: readonly RateLimiter[];
  /** null where no calls go into jobs. */
  lockstep: LockstepState | null;
  /** Why nothing new is begun; null while all is well. */
  stopping: string | null;
  /** Did it stop for want of budget? */
  isOutOfBudget: boolean;
  /** Does nothing new begin for a while? */
  isPaused: boolean;
  budget: Plan['budget'];
}

export interface Batch {
  readonly state: BatchState;
  /** Runs all debates that are left; resolves once the last one rests. Rejects for a bug only. */
  run(): Promise<BatchState>;
  /** Begins no debate and no call any more; lets the calls under way end, saves, and stops. */
  stop(why: string): void;
  /** Begins no call and no debate for a while, and goes on. */
  pause(isPaused: boolean): void;
  /** Sets another budget for all debates together; null for no limit. */
  setBudget(budget: Plan['budget']): void;
}

/** Counts debates; what earlier runs of the same plan did and used is counted from the start. */
export function createTally(
  options: TaskSurroundings & { ledger: Ledger; retryFailed: boolean },
  spending: Spending,
) {
  const counts = { done: 0, failed: 0, skipped: 0, unfinished: 0 };
  const byArm = new Map(options.plan.arms.map(({ id }) => [id, createTotals()]));
  for (const { debate, entry } of tasksOf(options.plan, options)) {
    if (entry === undefined || entry.state === 'empty') continue;
    if (entry.state === 'done') {
      counts.done += 1;
      byArm.get(debate.arm.id)?.add(entry.summary);
    }
    if (entry.state === 'failed' && !options.retryFailed) counts.failed += 1;
    if (!entry.summary) continue;
    const { costUsd: usd, inputTokens, outputTokens, unpricedCalls } = entry.summary;
    spending.add({ usd, tokens: inputTokens + outputTokens, unpricedCalls });
  }
  return {
    counts,
    arms: () => [...byArm].map(([arm, sum]) => ({ arm, totals: sum.totals() })),
    /** Adds what became of a debate to the totals of its arm. */
    add({ debate }: Task, outcome: DebateOutcome) {
      if (outcome.state === 'done') byArm.get(debate.arm.id)?.add(outcome.summary);
    },
  };
}
