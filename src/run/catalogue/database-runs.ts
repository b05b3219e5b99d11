import type { Pool } from 'pg';
import { serverError } from '../../journal/postgres/server-error.ts';
import type { JournalStore } from '../../journal/types.ts';
import type { ListedRun } from './all-runs.ts';
import { runSummarySchema } from './run-summary.ts';
import { summaryFromJournal, withControl } from './stored-run.ts';

const pageSize = 500;

/**
 * Every run of a database, in the order of its store, one at a time. What workers noted of a debate is taken where its
 * journal has no more events than then; other journals are read.
 */
export async function* databaseRuns(store: JournalStore, pool: Pool): AsyncGenerator<ListedRun> {
  const query = (text: string, values: unknown[] = []) =>
    pool.query(text, values).catch((error: unknown) => {
      throw serverError(error, store.place);
    });
  const [asked] = (await query(`select to_regclass('parley.plan_debates') is not null as has_plans`)).rows;
  // Ids of debates have a collation of their own; in that one the index of the plans cannot be used.
  const notes = asked.has_plans
    ? `(select array_agg(distinct arm order by arm) from parley.plan_debates where debate = id collate "default") as arms,
       (select summary from parley.plan_debates where debate = id collate "default" and (summary->>'events')::integer = events limit 1)`
    : 'null as arms, null as summary';
  let last = { shard: '', id: '' };
  for (;;) {
    const { rows } = await query(
      `select shard, id, events, ${notes} from parley.debates
       where (shard, id) > ($1, $2) order by shard, id limit ${pageSize}`,
      [last.shard, last.id],
    );
    for (const { id, arms, summary } of rows) {
      yield listed(store, { run: id, arms: arms ?? [] }, runSummarySchema.safeParse(summary).data);
    }
    if (rows.length < pageSize) return;
    last = rows[rows.length - 1];
  }
}

async function listed(
  store: JournalStore,
  named: { run: string; arms: readonly string[] },
  noted: ReturnType<typeof runSummarySchema.safeParse>['data'],
): Promise<ListedRun> {
  if (noted) return { ...named, ok: true, summary: await withControl(store, noted) };
  const read = await summaryFromJournal(store, named.run);
  return read.ok
    ? { ...named, ok: true, summary: read.value }
    : { ...named, ok: false, failure: read.failure };
}
