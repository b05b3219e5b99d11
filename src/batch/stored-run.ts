import { statSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Debate } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { folderOf, journalFile } from '../journal/file-place.ts';
import type { JournalFailure, JournalStore } from '../journal/types.ts';
import { type RunSummary, summaryOf } from './run-summary.ts';

/** Bytes of a run's journal; null where there is no such run. */
export function journalBytes(transcripts: string, debate: string): number | null {
  const folder = folderOf(transcripts, debate);
  return folder === null
    ? null
    : (statSync(join(folder, journalFile), { throwIfNoEntry: false })?.size ?? null);
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
