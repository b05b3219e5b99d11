import type { Pool } from 'pg';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import { serverError } from '../../journal/postgres/server-error.ts';
import { systemClock } from '../system-clock.ts';
import type { BrowsedBatch } from './browse-batches.ts';
import type { BrowsedRun, RunBrowser } from './browse-runs.ts';
import { connectToRuns } from './open-runs.ts';
import { type RunSummary, runSummarySchema } from './run-summary.ts';
import { summaryFromJournal } from './stored-run.ts';

/** Milliseconds that a person waits for a database to come back. */
const patienceMs = 15_000;

interface Row {
  id: string;
  events: number;
  is_live: boolean;
  /** When its last event came; null where it has none. */
  written: string | null;
  plan: string | null;
  summary: unknown;
}

/** Debates of one plan in a database. */
interface PlanRow {
  plan: string;
  title: string;
  planned: number;
  is_live: boolean;
  debates: string[];
  arms: string[];
}

/**
 * The runs of a database, for somebody who looks at them for a while, as `browseRuns` gives those of a folder. There is no index:
 * what workers noted of a debate is taken, and a journal is read when it has grown since the last look. A look rejects with a
 * ServerError where the database does not answer; the next one connects again.
 */
export function browseDatabase(address: string): RunBrowser & { close(): Promise<void> } {
  let pool: Pool | null = null;
  let runs: readonly BrowsedRun[] = [];
  let batches: readonly BrowsedBatch[] = [];
  let unread = 0;
  const known = new Map<string, { run: BrowsedRun; events: number }>();

  const connect = async () => {
    if (pool) return pool;
    const connected = await connectToRuns(address);
    if (!connected.ok) throw new Error(connected.failure.message);
    pool = connected.value;
    return pool;
  };

  return {
    get runs() {
      return runs;
    },
    get batches() {
      return batches;
    },
    get unread() {
      return unread;
    },
    async look(signal, changed) {
      const connection = await connect();
      const store = openPostgresStore({ connection, clock: systemClock, patienceMs });
      const query = async <One>(text: string): Promise<One[]> =>
        (
          await connection.query(text).catch((error: unknown) => {
            throw serverError(error, store.place);
          })
        ).rows;
      const [asked] = await query<{ has: boolean }>(
        `select to_regclass('parley.plan_debates') is not null as has`,
      );
      const hasPlans = asked?.has === true;
      batches = hasPlans ? (await query<PlanRow>(plansQuery)).map(batchOf) : [];
      const rows = await query<Row>(runsQuery(hasPlans));
      const toRead: Row[] = [];
      for (const row of rows) {
        const before = known.get(row.id);
        const noted = runSummarySchema.safeParse(row.summary).data;
        if (before?.events === row.events) put(row, before.run);
        else if (noted) put(row, { summary: noted, state: 'read', trouble: '' });
        else {
          put(row, before?.run ?? { summary: null, state: 'unread', trouble: '' }, before?.events ?? -1);
          toRead.push(row);
        }
      }
      const there = new Set(rows.map(({ id }) => id));
      for (const id of known.keys()) if (!there.has(id)) known.delete(id);
      unread = toRead.length;
      publish(changed);
      for (const row of toRead) {
        if (signal.aborted) return;
        const read = await summaryFromJournal(store, row.id);
        unread -= 1;
        if (!read.ok) put(row, { summary: null, state: 'damaged', trouble: read.failure.message });
        else put(row, { summary: read.value, state: read.value === null ? 'empty' : 'read', trouble: '' });
        publish(changed);
      }
    },
    async close() {
      await pool?.end().catch(() => {});
    },
  };

  function put(
    { id, events, is_live: isLive, written, plan }: Row,
    { summary, state, trouble }: { summary: RunSummary | null } & Pick<BrowsedRun, 'state' | 'trouble'>,
    readUpTo = events,
  ): void {
    const run: BrowsedRun = {
      ...{ run: id, bytes: 0, summary, state, trouble, batch: plan },
      writtenAt: Date.parse(written ?? '') || 0,
      isLive: isLive && (summary?.ending ?? null) === null,
    };
    known.set(id, { run, events: readUpTo });
  }

  function publish(changed: () => void): void {
    runs = [...known.values()].map(({ run }) => run);
    changed();
  }
}

const runsQuery = (hasPlans: boolean) =>
  `select id, events, coalesce(lease_until > now(), false) as is_live,
     (select substring(line from '"at":"([^"]+)"') from parley.events e
      where e.debate = id and e.number = events - 1) as written,
     ${
       hasPlans
         ? `(select min(plan) from parley.plan_debates p where p.debate = id collate "default") as plan,
            (select summary from parley.plan_debates p
             where p.debate = id collate "default" and (p.summary->>'events')::integer = events limit 1) as summary`
         : 'null as plan, null as summary'
     }
   from parley.debates order by id`;

const plansQuery = `select p.plan, coalesce(nullif(p.design->>'title', ''), p.file) as title, count(*)::int as planned,
     bool_or(d.state = 'held') as is_live, array_agg(d.debate) as debates, array_agg(d.arm) as arms
   from parley.plans p join parley.plan_debates d using (plan) group by p.plan, p.design, p.file order by p.plan`;

function batchOf({ plan: id, title, planned, is_live: isLive, debates, arms }: PlanRow): BrowsedBatch {
  return {
    ...{ id, title, planned, isLive },
    arms: new Map(debates.map((debate, at) => [debate, arms[at] ?? ''])),
  };
}
