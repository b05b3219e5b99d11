import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { Persistence } from './persistence.ts';
import { type PlanOnBoard, readLimits, readPlans } from './plan-board.ts';
import type { LimitRates } from './shared-limits.ts';

/** The plans of a database and the limits of its providers, as last looked at. */
export interface BoardWatch {
  readonly plans: readonly PlanOnBoard[];
  readonly limits: ReadonlyMap<string, LimitRates>;
  /** Milliseconds since the last look; infinite before the first. */
  readonly age: number;
  look(): Promise<void>;
  /** What another look would show of a plan. */
  usedUp(plan: string): void;
}

export function createBoardWatch({
  pool,
  clock,
  persistence,
  onLimits,
}: {
  pool: Pool;
  clock: Clock;
  persistence: Persistence;
  onLimits(limits: ReadonlyMap<string, LimitRates>): void;
}): BoardWatch {
  let plans: readonly PlanOnBoard[] = [];
  let limits: ReadonlyMap<string, LimitRates> = new Map();
  let lookedAt = Number.NEGATIVE_INFINITY;
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
    usedUp(id) {
      plans = plans.map((plan) => (plan.id === id ? { ...plan, isUsedUp: true } : plan));
    },
  };
}

/** Is nothing left of a plan that somebody holds or could hold? */
export function isOver({ counts }: Pick<PlanOnBoard, 'counts'>): boolean {
  return counts.waiting + counts.underWay === 0;
}
