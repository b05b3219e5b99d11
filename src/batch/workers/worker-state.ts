import type { RateLimiter } from '../rate-limiter.ts';
import type { ClaimedDebate } from './debates-in-hand.ts';
import type { PlanWatch, SubmittedPlan } from './plan-status.ts';
import type { LimitRates } from './shared-limits.ts';
import type { LeaseWatch } from './worker-registry.ts';

/** How a worker is doing. */
export interface WorkerState {
  /** Debates that this worker brought to their end, and that it set aside. */
  done: number;
  setAside: number;
  /** Tries that failed here; their debates are tried again. */
  failed: number;
  /** Why it takes no debate any more; null while all is well. */
  stopping: string | null;
  /** It stopped because every further call would fail as well: a key that is refused, say. */
  isHopeless: boolean;
  /** What keeps the database from answering; null while it does. */
  trouble: string | null;
  readonly underWay: number;
  /** Of those under way, how many are of each plan. */
  readonly byPlan: ReadonlyMap<string, number>;
  readonly limiters: readonly RateLimiter[];
  /** When the database last confirmed that what it holds is its own, by its clock. */
  readonly confirmedAt: number;
  /** All plans, over all workers, as last looked at. */
  readonly plans: readonly SubmittedPlan[];
  /** A minute and over all workers, by provider. */
  readonly limits: ReadonlyMap<string, LimitRates>;
}

export function createWorkerState(sources: {
  holds: ReadonlyMap<string, ClaimedDebate>;
  limiters: { all(): readonly RateLimiter[] };
  planWatch: Pick<PlanWatch, 'plans' | 'limits'>;
  watch: Pick<LeaseWatch, 'confirmedAt'>;
}): WorkerState {
  const { holds, limiters, planWatch, watch } = sources;
  return {
    done: 0,
    setAside: 0,
    failed: 0,
    stopping: null,
    isHopeless: false,
    trouble: null,
    get underWay() {
      return holds.size;
    },
    get byPlan() {
      const counts = new Map<string, number>();
      for (const { claim } of holds.values()) counts.set(claim.plan, (counts.get(claim.plan) ?? 0) + 1);
      return counts;
    },
    get limiters() {
      return limiters.all();
    },
    get confirmedAt() {
      return watch.confirmedAt;
    },
    get plans() {
      return planWatch.plans;
    },
    get limits() {
      return planWatch.limits;
    },
  };
}
