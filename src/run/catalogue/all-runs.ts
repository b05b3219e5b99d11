import type { Failure } from '../../debate/outcome.ts';
import type { JournalStore } from '../../journal/types.ts';
import { allManifestEntries } from './manifest.ts';
import type { RunSummary } from './run-summary.ts';
import { journalBytes, summaryFromJournal, withControl } from './stored-run.ts';

/** One stored run; `summary` is null where its journal holds no event yet. */
export type ListedRun =
  | { run: string; arms: readonly string[]; ok: true; summary: RunSummary | null }
  | { run: string; arms: readonly string[]; ok: false; failure: Failure };

/**
 * Every run of a folder, in the order of the store, one at a time. What a batch noted of a debate is taken where its
 * journal has not grown since; other journals are read.
 */
export async function* allRuns(store: JournalStore): AsyncGenerator<ListedRun> {
  const noted = new Map<string, { arms: Set<string>; summary: RunSummary | null; bytes: number }>();
  for await (const { debate, arm, summary, bytes } of allManifestEntries(store.place)) {
    const arms = noted.get(debate)?.arms ?? new Set();
    noted.set(debate, { arms: arms.add(arm), summary, bytes });
  }
  for await (const run of store.list()) {
    const note = noted.get(run);
    const arms = [...(note?.arms ?? [])];
    if (note?.summary && note.bytes === journalBytes(store.place, run)) {
      yield { run, arms, ok: true, summary: await withControl(store, note.summary) };
      continue;
    }
    const read = await summaryFromJournal(store, run);
    if (read.ok) yield { run, arms, ok: true, summary: read.value };
    else yield { run, arms, ok: false, failure: read.failure };
  }
}
