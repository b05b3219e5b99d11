import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { DebateUse } from './debate-claims.ts';
import type { ClaimedDebate } from './debates-in-hand.ts';
import type { Persistence } from './persistence.ts';
import { inTransaction } from './persistence.ts';
import type { DebateQueue, Job } from './queue.ts';

/** The workers of a database, as one of them sees them. */
export interface WorkerRegistry {
  register(): Promise<void>;
  /** Says that this worker lives and how far its debates are; gives those that are still its own, as `plan debate`. */
  report(progress: readonly DebateUse[]): Promise<Set<string>>;
  /** Frees the debates of workers without a heartbeat for their lease, and counts their interrupted calls as spent. */
  freeLost(): Promise<number>;
  leave(): Promise<void>;
}

export interface WorkerRegistryOptions {
  pool: Pool;
  queue: DebateQueue;
  worker: string;
  /** For people: machine and process. */
  name: string;
  leaseMs: number;
}

export function createWorkerRegistry(options: WorkerRegistryOptions): WorkerRegistry {
  const { pool, queue, worker, name, leaseMs } = options;
  const register = async () => {
    await pool.query(
      `insert into parley.workers (worker, name, lease_ms) values ($1, $2, $3)
       on conflict (worker) do update set seen_at = now()`,
      [worker, name, leaseMs],
    );
  };
  return {
    register,
    async report(progress) {
      await register();
      const { rows } = await pool.query<{ plan: string; debate: string }>(
        `update parley.plan_debates d set usd = p.usd, tokens = p.tokens, unpriced_calls = p.unpriced
         from unnest($2::text[], $3::text[], $4::uuid[], $5::int[], $6::numeric[], $7::numeric[], $8::int[])
           as p(plan, debate, job, attempt, usd, tokens, unpriced)
         where d.plan = p.plan and d.debate = p.debate and d.state = 'held'
           and d.worker = $1 and d.job = p.job and d.attempt = p.attempt
         returning d.plan, d.debate`,
        [
          worker,
          progress.map(({ plan }) => plan),
          progress.map(({ job }) => job.debate),
          progress.map(({ job }) => job.id),
          progress.map(({ job }) => job.attempt),
          progress.map(({ usd }) => usd),
          progress.map(({ tokens }) => tokens),
          progress.map(({ unpricedCalls }) => unpricedCalls),
        ],
      );
      for (const [plan, jobs] of byPlan(progress)) {
        await queue.touch(plan, jobs);
      }
      return new Set(rows.map(({ plan, debate }) => `${plan} ${debate}`));
    },
    freeLost: () =>
      inTransaction(pool, async (client) => {
        const gone = await client.query<{ worker: string; name: string }>(
          `delete from parley.workers where worker in (
             select worker from parley.workers
             where seen_at < now() - lease_ms * interval '1 millisecond' for update skip locked)
           returning worker, name`,
        );
        let freed = 0;
        for (const lost of gone.rows) {
          freed += await freeDebates(queue, lost, client);
          await spendReserved(lost.worker, client);
        }
        return freed;
      }),
    async leave() {
      await pool.query('delete from parley.workers where worker = $1', [worker]);
    },
  };
}

/** They count as begun, with the dollars of their journals: their worker may not have noted all of them. */
async function freeDebates(
  queue: DebateQueue,
  lost: { worker: string; name: string },
  client: PoolClient,
): Promise<number> {
  const { rows } = await client.query<{ plan: string; debate: string; job: string; attempt: number }>(
    `update parley.plan_debates d set state = 'waiting', worker = null, why = $2, progress = greatest(progress, 1),
       usd = greatest(usd, (select coalesce(sum(cost::numeric), 0) from parley.events e,
         jsonb_path_query(e.line::jsonb, 'strict $.**.costUsd ? (@.type() == "number")') cost
         where e.debate = d.debate))
     where worker = $1 and state = 'held' returning plan, debate, job, attempt`,
    [lost.worker, `The worker ${lost.name} ended while running this debate.`],
  );
  const held = rows.map(({ plan, debate, job, attempt }) => ({ plan, job: { id: job, attempt, debate } }));
  for (const [plan, jobs] of byPlan(held)) await queue.free(plan, jobs, client);
  return rows.length;
}

/** A provider charges for a call whether its caller lives to read the answer or not. */
async function spendReserved(worker: string, client: PoolClient): Promise<void> {
  await client.query(
    `with gone as (delete from parley.reservations where worker = $1 returning plan, usd, tokens),
       sums as (select plan, sum(usd) as usd, sum(tokens) as tokens from gone group by plan)
     update parley.plans p set
       reserved_usd = p.reserved_usd - sums.usd, reserved_tokens = p.reserved_tokens - sums.tokens,
       used_usd = p.used_usd + sums.usd, used_tokens = p.used_tokens + sums.tokens,
       lost_usd = p.lost_usd + sums.usd, lost_tokens = p.lost_tokens + sums.tokens
     from sums where p.plan = sums.plan`,
    [worker],
  );
}

function byPlan(held: readonly { plan: string; job: Job }[]): [plan: string, jobs: Job[]][] {
  const plans = Map.groupBy(held, ({ plan }) => plan);
  return [...plans].map(([plan, own]) => [plan, own.map(({ job }) => job)]);
}

/** Keeps up what a worker holds, and knows how fresh that knowledge is. */
export interface LeaseWatch {
  /** Tells the others that this worker lives, and learns which debates it has lost meanwhile. */
  report(): Promise<void>;
  /** Resolves once it is known, not too long ago, that the worker holds what it holds. */
  vouch(): Promise<void>;
  /** When it was last known, by the clock. */
  readonly confirmedAt: number;
}

interface LeaseWatchOptions {
  registry: WorkerRegistry;
  holds: ReadonlyMap<string, ClaimedDebate>;
  clock: Clock;
  persistence: Persistence;
  leaseMs: number;
}

export function createLeaseWatch(options: LeaseWatchOptions): LeaseWatch {
  const { registry, holds, clock, persistence, leaseMs } = options;
  let confirmedAt = clock.now();
  let reporting: Promise<void> | null = null;

  async function reportNow(): Promise<void> {
    const at = clock.now();
    const before = [...holds];
    const own = await persistence.until(() => registry.report(before.map(([, held]) => held.progress())));
    confirmedAt = at;
    for (const [name, held] of before) if (!own?.has(name)) held.lose();
  }
  const report = () => {
    reporting ??= reportNow().finally(() => {
      reporting = null;
    });
    return reporting;
  };
  return {
    report,
    get confirmedAt() {
      return confirmedAt;
    },
    async vouch() {
      // A process that was paused, or away from the database, must not spend on what is another's by now.
      while (clock.now() - confirmedAt > (leaseMs * 2) / 3) await report();
    },
  };
}
