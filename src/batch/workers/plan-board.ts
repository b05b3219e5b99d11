import type { Pool } from 'pg';
import type { LimitRates } from './shared-limits.ts';
import { type StoredPlan, storedPlan } from './stored-plan.ts';

/** A plan and how far it is, over all workers. */
export interface PlanOnBoard {
  id: string;
  file: string;
  /** null where a newer parley submitted it. */
  stored: StoredPlan | null;
  counts: { planned: number; done: number; setAside: number; underWay: number; waiting: number };
  /** Waiting debates that failed before and will be tried again. */
  retrying: number;
  usd: number;
  tokens: number;
  unpricedCalls: number;
  budget: { usd: number | null; tokens: number | null };
  /** Thought to be spent in calls that a worker's end cut short; part of what counts against the budget. */
  lost: { usd: number; tokens: number };
  isUsedUp: boolean;
}

/** All plans of a database, those submitted first first. */
export async function readPlans(pool: Pool): Promise<PlanOnBoard[]> {
  const { rows } = await pool.query(
    `select p.plan, p.file, p.design, p.price,
       p.budget_usd::float8 as "budgetUsd", p.budget_tokens::float8 as "budgetTokens",
       p.lost_usd::float8 as "lostUsd", p.lost_tokens::float8 as "lostTokens",
       (p.used_usd >= p.budget_usd) is true or (p.used_tokens >= p.budget_tokens) is true as "isUsedUp",
       d.*
     from parley.plans p, lateral (
       select count(*)::int as planned,
         count(*) filter (where state = 'done')::int as done,
         count(*) filter (where state = 'set-aside')::int as "setAside",
         count(*) filter (where state = 'held')::int as "underWay",
         count(*) filter (where state = 'waiting')::int as waiting,
         count(*) filter (where state = 'waiting' and tries > 0)::int as retrying,
         coalesce(sum(usd), 0)::float8 as usd, coalesce(sum(tokens), 0)::float8 as tokens,
         coalesce(sum(unpriced_calls), 0)::int as "unpricedCalls"
       from parley.plan_debates d where d.plan = p.plan) d
     order by p.submitted_at, p.plan`,
  );
  return rows.map((row) => ({
    id: row.plan,
    file: row.file,
    stored: storedPlan(row),
    counts: {
      planned: row.planned,
      done: row.done,
      setAside: row.setAside,
      underWay: row.underWay,
      waiting: row.waiting,
    },
    retrying: row.retrying,
    usd: row.usd,
    tokens: row.tokens,
    unpricedCalls: row.unpricedCalls,
    budget: { usd: row.budgetUsd, tokens: row.budgetTokens },
    lost: { usd: row.lostUsd, tokens: row.lostTokens },
    isUsedUp: row.isUsedUp,
  }));
}

/** The limits a minute by provider. */
export async function readLimits(pool: Pool): Promise<Map<string, LimitRates>> {
  const { rows } = await pool.query<LimitRates & { provider: string }>(
    `select provider, requests_per_minute as "requestsPerMinute", tokens_per_minute as "tokensPerMinute"
     from parley.provider_limits`,
  );
  return new Map(rows.map(({ provider, ...rates }) => [provider, rates]));
}
