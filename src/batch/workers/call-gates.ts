import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { ModelHandle } from '../../models/types.ts';
import { type Gate, mostUsedBy, type Pass, type Used } from '../gated-model.ts';
import { type PlanModels, withHandles } from '../plan-models.ts';
import type { ClaimedDebate } from './debates-in-hand.ts';
import type { Persistence } from './persistence.ts';
import type { PlanKit } from './plan-kits.ts';
import type { SubmittedPlan } from './plan-status.ts';
import type { LimitsOfProviders, SharedLimit } from './shared-limits.ts';

interface SharedBudgetOptions {
  pool: Pool;
  plan: string;
  worker: string;
  clock: Clock;
  persistence: Persistence;
  onUsedUp(): void;
}

/** Between two looks while all that is left is set aside for calls under way. */
const lookMs = 200;

/**
 * A plan's dollars and tokens, shared by all workers. A call begins while what was used and what is set aside are below the budget: then at most the calls under way are
 * spent beyond it. The plan's row is locked for one statement.
 */
export function createSharedBudget(options: SharedBudgetOptions) {
  const { pool, plan, worker, clock, persistence } = options;
  return {
    /** Resolves with the call's number once its share is set aside; null where the budget is used up or the call was aborted. */
    async reserve({ usd, tokens }: Used, signal?: AbortSignal): Promise<string | null> {
      const call = randomUUID();
      while (!signal?.aborted) {
        const state = await persistence.until(
          async () =>
            (await reserved(pool, [plan, call, worker, usd ?? 0, tokens])) ? 'reserved' : look(pool, plan),
          signal,
        );
        if (state === 'reserved') return call;
        if (state === 'used-up') {
          options.onUsedUp();
          return null;
        }
        await clock.sleep(lookMs, signal);
      }
      return null;
    },
    /** Counts what the call used in place of what was set aside for it; null where nothing was charged. */
    async settle(call: string, used: Used | null): Promise<void> {
      await persistence.until(() =>
        pool.query(
          `with gone as (delete from parley.reservations where call = $1 returning plan, usd, tokens)
           update parley.plans p set
             reserved_usd = p.reserved_usd - gone.usd, reserved_tokens = p.reserved_tokens - gone.tokens,
             used_usd = p.used_usd + $2, used_tokens = p.used_tokens + $3
           from gone where p.plan = gone.plan`,
          [call, used?.usd ?? 0, used?.tokens ?? 0],
        ),
      );
    },
  };
}

type SharedBudget = ReturnType<typeof createSharedBudget>;

/** Safe to do twice: the call's number is looked for first. */
async function reserved(
  pool: Pool,
  values: [plan: string, call: string, worker: string, usd: number, tokens: number],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with room as (
       update parley.plans p set reserved_usd = reserved_usd + $4, reserved_tokens = reserved_tokens + $5
       where plan = $1
         and (budget_usd is null or used_usd + reserved_usd < budget_usd)
         and (budget_tokens is null or used_tokens + reserved_tokens < budget_tokens)
         and not exists (select from parley.reservations where call = $2)
       returning plan
     ), made as (
       insert into parley.reservations (call, plan, worker, usd, tokens)
       select $2, plan, $3, $4, $5 from room returning call
     )
     select call from made union select call from parley.reservations where call = $2`,
    values,
  );
  return (rowCount ?? 0) > 0;
}

async function look(pool: Pool, plan: string): Promise<'used-up' | 'set-aside'> {
  const { rows } = await pool.query<{ isUp: boolean }>(
    `select (used_usd >= budget_usd) is true or (used_tokens >= budget_tokens) is true as "isUp"
     from parley.plans where plan = $1`,
    [plan],
  );
  return rows[0]?.isUp === false ? 'set-aside' : 'used-up';
}

export interface CallGatesOptions {
  pool: Pool;
  worker: string;
  clock: Clock;
  persistence: Persistence;
  limits: LimitsOfProviders;
  /** The same model behind these gates and its provider's rate limiter. */
  limited(handle: ModelHandle, gates: readonly Gate[]): ModelHandle;
  plans(): readonly SubmittedPlan[];
  /** Resolves once it is known that the worker still holds what it held. */
  vouch(): Promise<void>;
  onUsedUp(plan: string): void;
  /** A gate that fails is the worker's failure, and no call's. */
  onFailure(error: unknown): void;
}

/** Puts a gate before every call of the debates in hand. */
export function createCallGates(options: CallGatesOptions) {
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
  /** Takes what is done beside the debate and must be finished before the worker ends. */
  const keep = (work: Promise<unknown>) => {
    const kept: Promise<unknown> = work.catch(options.onFailure).finally(() => beside.delete(kept));
    beside.add(kept);
  };

  /** What one call of a held debate must pass: still ours, within the budget, within the limits a minute. */
  const gateOf = (held: ClaimedDebate, limit: SharedLimit | null): Gate => ({
    countsWords: true,
    pass: (call, signal) =>
      passOf(held, limit, mostUsedBy(call), signal).catch((error: unknown) => {
        options.onFailure(error);
        return null;
      }),
  });

  async function passOf(
    held: ClaimedDebate,
    limit: SharedLimit | null,
    estimate: Used,
    signal: AbortSignal | undefined,
  ): Promise<Pass | null> {
    const mayGoOn = () => !held.isStopping && signal?.aborted !== true;
    await options.vouch();
    if (!mayGoOn()) return null;
    const budget = budgetOf(held.claim.plan);
    const share = budget ? await budget.reserve(estimate, signal) : null;
    if (budget && share === null) return null;
    const settle = (used: Used | null) => {
      if (budget && share !== null) keep(budget.settle(share, used));
    };
    const isAdmitted = limit ? await limit.admission(estimate.tokens, signal) : true;
    if (!isAdmitted || !mayGoOn()) {
      settle(null);
      return null;
    }
    held.callsUnderWay += 1;
    return {
      over({ used }) {
        settle(used);
        limit?.settle(estimate.tokens, used?.tokens ?? 0);
        held.callsUnderWay -= 1;
        held.rest();
      },
    };
  }

  return {
    /** The plan's models as one debate calls them. */
    modelsOf(held: ClaimedDebate, { stored, models }: PlanKit): PlanModels {
      const handles = [...models.handles].map(([spec, handle]) => {
        const gate = gateOf(held, handle.simulated ? null : options.limits.of(spec));
        return [spec, options.limited(handle, [gate])] as const;
      });
      return withHandles(stored.plan, new Map(handles));
    },
    /** Resolves once all that was used is counted. */
    settled: (): Promise<unknown> => Promise.all(beside),
  };
}
