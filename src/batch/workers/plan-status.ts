import type { Pool } from 'pg';
import { type PlanOnBoard, readPlans } from './plan-board.ts';

export interface PlanStatus extends Omit<PlanOnBoard, 'stored' | 'counts' | 'retrying'> {
  counts: PlanOnBoard['counts'] & {
    /** Of those waiting: failed before, to be tried again. */
    retrying: number;
  };
  setAside: SetAside[];
}

/** A debate that is tried no more, until the plan is submitted with --retry-failed. */
export interface SetAside {
  debate: string;
  arm: string;
  cell: string;
  why: string;
}

export interface WorkerStatus {
  worker: string;
  name: string;
  startedAt: string;
  /** Milliseconds since it was last heard of. */
  silentMs: number;
  /** Not heard of for longer than its lease: its debates go to others. */
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
