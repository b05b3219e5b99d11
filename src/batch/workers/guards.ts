import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { type PlanModels, withHandles } from '../plan-models.ts';
import { createCallGuard } from './call-guard.ts';
import { guardedModel } from './guarded-model.ts';
import type { HeldDebate } from './claimed-debate.ts';
import type { LimitsOfProviders } from './limits-of-providers.ts';
import type { Persistence } from './persistence.ts';
import type { PlanOnBoard } from './plan-board.ts';
import type { PlanKit } from './plan-kits.ts';
import { createSharedBudget, type SharedBudget } from './shared-budget.ts';

/** Puts a guard before every call of the debates in hand. */
export interface Guards {
  /** The plan's models as one debate calls them. */
  modelsOf(held: HeldDebate, kit: PlanKit): PlanModels;
  /** Resolves once all that was used is counted. */
  settled(): Promise<unknown>;
}

export interface GuardsOptions {
  pool: Pool;
  worker: string;
  clock: Clock;
  persistence: Persistence;
  limits: LimitsOfProviders;
  plans(): readonly PlanOnBoard[];
  vouch(): Promise<void>;
  onUsedUp(plan: string): void;
  onFailure(error: unknown): void;
}

export function createGuards(options: GuardsOptions): Guards {
  const budgets = new Map<string, SharedBudget>();
  const beside = new Set<Promise<unknown>>();

  const budgetOf = (plan: string): SharedBudget | null => {
    const { usd = null, tokens = null } = options.plans().find(({ id }) => id === plan)?.budget ?? {};
    if (usd === null && tokens === null) return null;
    const budget =
      budgets.get(plan) ?? createSharedBudget({ ...options, plan, onUsedUp: () => options.onUsedUp(plan) });
    budgets.set(plan, budget);
    return budget;
  };
  const keep = (work: Promise<unknown>) => {
    const kept: Promise<unknown> = work.catch(options.onFailure).finally(() => beside.delete(kept));
    beside.add(kept);
  };

  return {
    modelsOf(held, { stored, models }) {
      const handles = [...models.handles].map(([spec, handle]) => {
        const guard = createCallGuard({
          ...{ held, vouch: options.vouch, onFailure: options.onFailure, beside: keep },
          budget: () => budgetOf(held.claim.plan),
          limit: handle.simulated ? null : options.limits.of(spec),
        });
        return [spec, guardedModel(handle, guard, options.clock.now)] as const;
      });
      return withHandles(stored.plan, new Map(handles));
    },
    settled: () => Promise.all(beside),
  };
}
