import type { Pool, PoolClient } from 'pg';
import { type Db, PgBoss } from 'pg-boss';
import { inTransaction } from './persistence.ts';

/** A debate handed to a worker; names one attempt, so that what a worker lost cannot be settled by it any more. */
export interface Job {
  id: string;
  attempt: number;
  debate: string;
}

/** Debates to be held, a queue a plan, on pg-boss. A debate has at most one live job. */
export interface DebateQueue {
  /** Queues debates that have no live job yet; others are passed over. */
  add(plan: string, debates: readonly string[]): Promise<void>;
  take(plan: string, most: number): Promise<Job[]>;
  done(plan: string, job: Job, client: PoolClient): Promise<void>;
  /** Queues the debate anew, not to be taken before so many milliseconds; one that was begun goes before others. */
  putBack(
    plan: string,
    job: Job,
    later: { waitMs: number; isBegun: boolean },
    client: PoolClient,
  ): Promise<void>;
  /** Takes jobs from a worker that is gone: they are free at once. */
  free(plan: string, jobs: readonly Job[], client: PoolClient): Promise<void>;
  /** Tells that these are still held. */
  touch(plan: string, jobs: readonly Job[]): Promise<void>;
  close(): Promise<void>;
}

export interface QueueOptions {
  pool: Pool;
  /** A job that is not touched for so long is given to others; pg-boss takes 10 seconds at least. */
  heartbeatMs: number;
  /** True for commands that may make pg-boss's tables. */
  mayMigrate: boolean;
  /** Workers look after jobs whose heart stopped; submitting needs none of it. */
  supervises: boolean;
  onError(error: unknown): void;
}

const queueSchemaName = 'parley_queue';
const day = 86_400;
/** Tries are counted with the debates, where a try that finished a turn does not count. */
const retryLimit = 1_000_000;

/** Opens the queues. Throws where the database cannot be reached or its pg-boss is of another version. */
export async function openQueue(options: QueueOptions): Promise<DebateQueue> {
  const { pool, heartbeatMs, supervises } = options;
  const superviseSeconds = Math.max(1, Math.round(heartbeatMs / 3000));
  const boss = new PgBoss({
    db: asDatabase(pool),
    schema: queueSchemaName,
    migrate: options.mayMigrate,
    createSchema: options.mayMigrate,
    schedule: false,
    supervise: supervises,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    // Rebuilding indexes needs to own them, which a worker's role need not.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', options.onError);
  // Two commands at once would both make its tables, and one of them fail.
  await (options.mayMigrate ? inTurn(pool, () => boss.start()) : boss.start());
  const known = new Set<string>();
  const named = async (plan: string) => {
    const name = `debates/${plan}`;
    if (!known.has(name)) {
      if ((await boss.getQueue(name)) === null) await boss.createQueue(name, { policy: 'exclusive' });
      known.add(name);
    }
    return name;
  };
  const jobOf = (debate: string, waitMs = 0, isBegun = false) => ({
    data: { debate },
    // What was begun is finished before anything else is begun.
    priority: isBegun ? 1 : 0,
    singletonKey: debate,
    // Counted by the server's clock.
    startAfter: waitMs / 1000,
    retryLimit,
    retryDelay: 0,
    expireInSeconds: day,
    heartbeatSeconds: Math.max(10, Math.ceil(heartbeatMs / 1000)),
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day,
  });
  const attempts = (jobs: readonly Job[]) => jobs.map(({ id, attempt }) => ({ id, retryCount: attempt }));

  return {
    async add(plan, debates) {
      const name = await named(plan);
      for (let first = 0; first < debates.length; first += 1000) {
        await boss.insert(
          name,
          debates.slice(first, first + 1000).map((debate) => jobOf(debate)),
        );
      }
    },
    async take(plan, most) {
      const jobs = await boss.fetch<{ debate: string }>(await named(plan), { batchSize: most });
      return jobs.map(({ id, retryCount, data }) => ({ id, attempt: retryCount, debate: data.debate }));
    },
    async done(plan, job, client) {
      await boss.complete(await named(plan), attempts([job]), null, { db: asDatabase(client) });
    },
    async putBack(plan, job, { waitMs, isBegun }, client) {
      const [name, db] = [await named(plan), asDatabase(client)];
      await boss.deleteJob(name, attempts([job]), { db });
      await boss.insert(name, [jobOf(job.debate, waitMs, isBegun)], { db });
    },
    async free(plan, jobs, client) {
      const [name, db] = [await named(plan), asDatabase(client)];
      await boss.deleteJob(name, attempts(jobs), { db });
      await boss.insert(
        name,
        jobs.map(({ debate }) => jobOf(debate, 0, true)),
        { db },
      );
    },
    async touch(plan, jobs) {
      if (jobs.length > 0) await boss.touch(await named(plan), attempts(jobs));
    },
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

/** Any number of our own, by which commands take turns. */
const turnsLock = 7_275_601;

async function inTurn(pool: Pool, work: () => Promise<unknown>): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [turnsLock]);
    await work();
  });
}

function asDatabase(client: Pick<Pool | PoolClient, 'query'>): Db {
  return { executeSql: (text, values) => client.query(text, values ?? []) };
}
