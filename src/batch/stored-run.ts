import { statSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Debate } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { journalFile, shardedPlace } from '../journal/file-place.ts';
import type { JournalFailure, JournalStore } from '../journal/types.ts';
import { type RunSummary, summaryOf } from './run-summary.ts';

/** Bytes of a run's journal; null where there is no such run. One look at the disk each for the many runs of a batch. */
export function journalBytes(transcripts: string, debate: string): number | null {
  for (const folder of [shardedPlace(transcripts, debate), join(transcripts, debate)]) {
    const journal = statSync(join(folder, journalFile), { throwIfNoEntry: false });
    if (journal) return journal.size;
  }
  return null;
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
