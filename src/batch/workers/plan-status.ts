import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { Persistence } from './persistence.ts';
import { carriesAnother, readNeeds } from './shared-funding.ts';
import type { LimitRates } from './shared-limits.ts';
import { type StoredPlan, storedPlan } from './stored-plan.ts';

export interface PlanStatus extends Omit<SubmittedPlan, 'stored' | 'counts' | 'retrying'> {
  counts: SubmittedPlan['counts'] & {
    /** Of those waiting: failed before, to be retried. */
    retrying: number;
  };
  setAside: SetAside[];
}

/** A debate that is tried no more, until the plan is submitted with --retry-failed. */
interface SetAside {
  debate: string;
  arm: string;
  cell: string;
  why: string;
}

export interface WorkerStatus {
  worker: string;
  name: string;
  startedAt: string;
  /** Milliseconds since its last heartbeat. */
  silentMs: number;
  /** No heartbeat for longer than its lease: its debates go to others. */
  isGone: boolean;
  /** Debates in its hands, by plan. */
  underWay: Record<string, number>;
}

export interface QueueStatus {
  plans: PlanStatus[];
  workers: WorkerStatus[];
}

/** `mostNamed` debates that are set aside are named for each plan; their count is whole. */
export async function readStatus(pool: Pool, mostNamed = 1000): Promise<QueueStatus> {
  const plans: PlanStatus[] = [];
  for (const { stored, counts, retrying, ...plan } of await readPlans(pool)) {
    const setAside = await pool.query<SetAside>(
      `select debate, arm, cell, coalesce(why, '') as why from parley.plan_debates
       where plan = $1 and state = 'set-aside' order by place limit $2`,
      [plan.id, mostNamed],
    );
    plans.push({ ...plan, counts: { ...counts, retrying }, setAside: setAside.rows });
  }
  const workers = await pool.query<Omit<WorkerStatus, 'startedAt'> & { startedAt: Date }>(
    `select w.worker, w.name, w.started_at as "startedAt",
       greatest(0, extract(epoch from now() - w.seen_at) * 1000)::float8 as "silentMs",
       w.seen_at < now() - w.lease_ms * interval '1 millisecond' as "isGone",
       coalesce((select jsonb_object_agg(plan, held) from (
         select plan, count(*)::int as held from parley.plan_debates d
         where d.worker = w.worker and d.state = 'held' group by plan) h), '{}'::jsonb) as "underWay"
     from parley.workers w order by w.started_at, w.worker`,
  );
  return {
    plans,
    workers: workers.rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })),
  };
}

/** How the debates of a plan stand by their rows, for an estimate of what is left. */
export async function readSubmitted(
  pool: Pool,
  plan: string,
): Promise<{ debate: string; state: string; why: string | null; summary: unknown }[]> {
  const { rows } = await pool.query(
    `select debate, state, why, summary from parley.plan_debates
     where plan = $1 and (state in ('done', 'set-aside') or summary is not null)`,
    [plan],
  );
  return rows;
}

/** A plan and how far it is, over all workers. */
export interface SubmittedPlan {
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
  /** Nothing more is begun of it: its budget is used up, or what is left carries no further debate. */
  isUsedUp: boolean;
  /** May a debate be begun beside those under way? */
  carriesAnother: boolean;
}

/** All plans of a database, those submitted first first. */
async function readPlans(pool: Pool): Promise<SubmittedPlan[]> {
  const { rows } = await pool.query(
    `select p.plan, p.file, p.design, p.price,
       p.budget_usd::float8 as "budgetUsd", p.budget_tokens::float8 as "budgetTokens",
       p.lost_usd::float8 as "lostUsd", p.lost_tokens::float8 as "lostTokens",
       (p.used_usd >= p.budget_usd) is true or (p.used_tokens >= p.budget_tokens) is true as "isUsedUp",
       d.*
     from parley.plans p, lateral (
       select (coalesce(sum(waiting + done + set_aside), 0) + sum(held))::int as planned,
         coalesce(sum(done), 0)::int as done, coalesce(sum(set_aside), 0)::int as "setAside",
         sum(held)::int as "underWay",
         coalesce(sum(waiting), 0)::int as waiting, coalesce(sum(retrying), 0)::int as retrying,
         coalesce(sum(usd), 0)::float8 as usd, coalesce(sum(tokens), 0)::float8 as tokens,
         coalesce(sum(unpriced_calls), 0)::int as "unpricedCalls"
       from (
         select waiting, retrying, done, set_aside, 0 as held, usd, tokens, unpriced_calls
         from parley.plan_counts c where c.plan = p.plan
         union all
         select 0, 0, 0, 0, count(*), coalesce(sum(h.usd), 0), coalesce(sum(h.tokens), 0), coalesce(sum(h.unpriced_calls), 0)
         from parley.plan_debates h where h.plan = p.plan and h.state = 'held') parts) d
     order by p.submitted_at, p.plan`,
  );
  const needs = await readNeeds(pool);
  return rows.map((row) => {
    const need = needs.get(row.plan);
    const carries = need === undefined || carriesAnother(need);
    const { planned, done, setAside, underWay, waiting } = row;
    const { file, retrying, usd, tokens, unpricedCalls } = row;
    return {
      ...{ id: row.plan, file, stored: storedPlan(row), retrying, usd, tokens, unpricedCalls },
      counts: { planned, done, setAside, underWay, waiting },
      budget: { usd: row.budgetUsd, tokens: row.budgetTokens },
      lost: { usd: row.lostUsd, tokens: row.lostTokens },
      isUsedUp: row.isUsedUp || (!carries && row.underWay === 0 && row.waiting > 0),
      carriesAnother: carries,
    };
  });
}

/** The limits a minute by provider. */
async function readLimits(pool: Pool): Promise<Map<string, LimitRates>> {
  const { rows } = await pool.query<LimitRates & { provider: string }>(
    `select provider, requests_per_minute as "requestsPerMinute", tokens_per_minute as "tokensPerMinute"
     from parley.provider_limits`,
  );
  return new Map(rows.map(({ provider, ...rates }) => [provider, rates]));
}

type Counted = Exclude<keyof SubmittedPlan['counts'], 'planned'>;

export type PlanWatch = ReturnType<typeof createPlanWatch>;

/** The plans of a database and the limits of its providers, as last looked at. */
export function createPlanWatch(options: {
  pool: Pool;
  clock: Clock;
  persistence: Persistence;
  onLimits(limits: ReadonlyMap<string, LimitRates>): void;
}) {
  const { pool, clock, persistence, onLimits } = options;
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
    /** Milliseconds since the last look; infinite before the first. */
    get age() {
      return clock.now() - lookedAt;
    },
    async look(): Promise<void> {
      const read = await persistence.until(
        async () => [await readPlans(pool), await readLimits(pool)] as const,
      );
      if (!read) return;
      lookedAt = clock.now();
      [plans, limits] = read;
      onLimits(limits);
    },
    /** What another look would show: debates of a plan that this worker took or let go of, a budget that is used up. */
    moved(id: string, from: Counted, to: Counted): void {
      change(id, ({ counts }) => {
        const taken = Math.min(1, counts[from]);
        const left = { ...counts, [from]: counts[from] - taken };
        return { counts: { ...left, [to]: left[to] + taken } };
      });
    },
    usedUp: (id: string) => change(id, () => ({ isUsedUp: true })),
  };
}

/** Is nothing left of a plan that a worker runs or could run? */
export function isOver({ counts }: Pick<SubmittedPlan, 'counts'>): boolean {
  return counts.waiting + counts.underWay === 0;
}
