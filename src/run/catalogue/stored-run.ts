import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { apply, type Debate } from '../../debate/debate.ts';
import { type Failure, failure, type Outcome, success } from '../../debate/outcome.ts';
import { journalFile } from '../../journal/named-run.ts';
import { serverError } from '../../journal/postgres/server-error.ts';
import { type JournalPlace, journalsIn, shardedPlace } from '../../journal/run-folder.ts';
import type { JournalFailure, JournalStore } from '../../journal/types.ts';
import { allManifestEntries } from './manifest.ts';
import { openRunIndex } from './run-index.ts';
import { type RunSummary, runSummarySchema, summaryOf } from './run-summary.ts';

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

/** Bytes of a run's journal; null where there is no such run. One look at the disk each for the many runs of a batch. */
export function journalBytes(transcripts: string, debate: string): number | null {
  for (const folder of [shardedPlace(transcripts, debate), join(transcripts, debate)]) {
    const journal = statSync(join(folder, journalFile), { throwIfNoEntry: false });
    if (journal) return journal.size;
  }
  return null;
}

/** What was noted of a run, with its control from the first event of its journal where the note does not say it. */
async function withControl(store: JournalStore, noted: RunSummary): Promise<RunSummary> {
  if (noted.control !== undefined) return noted;
  for await (const event of store.events(noted.debate)) {
    if (!event.ok || event.value.type !== 'debate-started') break;
    return { ...noted, control: event.value.control ?? null };
  }
  return noted;
}

/** Reads a journal through; success with null for one that holds no event yet. */
export async function summaryFromJournal(
  store: JournalStore,
  debate: string,
): Promise<Outcome<RunSummary | null, JournalFailure>> {
  let folded: Debate | null = null;
  for await (const event of store.events(debate)) {
    if (!event.ok) return event;
    try {
      folded = apply(folded, event.value);
    } catch (error) {
      return failure(
        'damaged',
        `The journal of ${debate} is out of order: ${String(error)}. See parley repair.`,
      );
    }
  }
  return success(folded && summaryOf(folded));
}

/** One stored run; `summary` is null where its journal holds no event yet. */
export type ListedRun =
  | { run: string; arms: readonly string[]; ok: true; summary: RunSummary | null }
  | { run: string; arms: readonly string[]; ok: false; failure: Failure };

/**
 * Every run of a folder, in the order of the store, one at a time. What the index knows, or a batch noted, of a journal that
 * has not changed since is taken; other journals are read, and what they hold is added to the index.
 */
export async function* allRuns(store: JournalStore): AsyncGenerator<ListedRun> {
  const notes = await notesOf(store.place);
  const index = await openRunIndex(store.place);
  try {
    for await (const journal of journalsIn(store.place)) {
      const { run } = journal;
      const arms = [...(notes.get(run)?.arms ?? [])];
      const known = index.find(journal);
      if (known !== undefined) {
        yield { run, arms, ok: true, summary: known };
        continue;
      }
      const read = await summaryOfJournal(store, journal, notes);
      if (read.ok) index.add(journal, read.value);
      yield read.ok
        ? { run, arms, ok: true, summary: read.value }
        : { run, arms, ok: false, failure: read.failure };
    }
  } finally {
    await index.save();
  }
}

/** What batches noted of their debates. */
export type Notes = ReadonlyMap<string, { arms: Set<string>; summary: RunSummary | null; bytes: number }>;

export async function notesOf(transcripts: string): Promise<Notes> {
  const noted = new Map<string, { arms: Set<string>; summary: RunSummary | null; bytes: number }>();
  for await (const { debate, arm, summary, bytes } of allManifestEntries(transcripts)) {
    const arms = noted.get(debate)?.arms ?? new Set();
    noted.set(debate, { arms: arms.add(arm), summary, bytes });
  }
  return noted;
}

/** The summary of a journal that the index does not know: as a batch noted it, where it has not grown since, or read. */
export async function summaryOfJournal(
  store: JournalStore,
  { run, bytes }: JournalPlace,
  notes: Notes,
): Promise<Outcome<RunSummary | null, JournalFailure>> {
  const note = notes.get(run);
  if (note?.summary && note.bytes === bytes) return success(await withControl(store, note.summary));
  return summaryFromJournal(store, run);
}
