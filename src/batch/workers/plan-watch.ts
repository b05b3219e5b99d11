import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { Persistence } from './persistence.ts';
import { readLimits, readPlans, type SubmittedPlan } from './plan-status.ts';
import type { LimitRates } from './shared-limits.ts';

/** The plans of a database and the limits of its providers, as last looked at. */
export interface PlanWatch {
  readonly plans: readonly SubmittedPlan[];
  readonly limits: ReadonlyMap<string, LimitRates>;
  /** Milliseconds since the last look; infinite before the first. */
  readonly age: number;
  look(): Promise<void>;
  /** What another look would show: debates of a plan that this worker took or let go of, a budget that is used up. */
  moved(plan: string, from: Counted, to: Counted): void;
  usedUp(plan: string): void;
}

type Counted = Exclude<keyof SubmittedPlan['counts'], 'planned'>;

export function createPlanWatch({
  pool,
  clock,
  persistence,
  onLimits,
}: {
  pool: Pool;
  clock: Clock;
  persistence: Persistence;
  onLimits(limits: ReadonlyMap<string, LimitRates>): void;
}): PlanWatch {
  let plans: readonly SubmittedPlan[] = [];
  let limits: ReadonlyMap<string, LimitRates> = new Map();
  let lookedAt = Number.NEGATIVE_INFINITY;
  const change = (id: string, changed: (plan: SubmittedPlan) => Partial<SubmittedPlan>) => {
    plans = plans.map((plan) => (plan.id === id ? { ...plan, ...changed(plan) } : plan));
  };
  return {
    get plans() {
      return plans;
    },
    get limits() {
      return limits;
    },
    get age() {
      return clock.now() - lookedAt;
    },
    async look() {
      const read = await persistence.until(
        async () => [await readPlans(pool), await readLimits(pool)] as const,
      );
      if (!read) return;
      lookedAt = clock.now();
      [plans, limits] = read;
      onLimits(limits);
    },
    moved(id, from, to) {
      change(id, ({ counts }) => {
        const taken = Math.min(1, counts[from]);
        const left = { ...counts, [from]: counts[from] - taken };
        return { counts: { ...left, [to]: left[to] + taken } };
      });
    },
    usedUp: (id) => change(id, () => ({ isUsedUp: true })),
  };
}

/** Is nothing left of a plan that somebody holds or could hold? */
export function isOver({ counts }: Pick<SubmittedPlan, 'counts'>): boolean {
  return counts.waiting + counts.underWay === 0;
}
