import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { Used } from '../gated-model.ts';
import type { Persistence } from './persistence.ts';

/** A plan's dollars and tokens, shared by all workers. */
export interface SharedBudget {
  /** Resolves with the call's number once its share is set aside; null where the budget is used up or nobody waits any more. */
  reserve(estimate: Used, signal?: AbortSignal): Promise<string | null>;
  /** Counts what the call used in place of what was set aside for it; null where nothing was charged. */
  settle(call: string, used: Used | null): Promise<void>;
}

export interface SharedBudgetOptions {
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
 * A call begins while what was used and what is set aside are below the budget: then at most the calls under way are
 * spent beyond it. The plan's row is locked for one statement.
 */
export function createSharedBudget(options: SharedBudgetOptions): SharedBudget {
  const { pool, plan, worker, clock, persistence } = options;
  return {
    async reserve({ usd, tokens }, signal) {
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
    async settle(call, used) {
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
