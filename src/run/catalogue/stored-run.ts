import { statSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Debate } from '../../debate/debate.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { journalFile, shardedPlace } from '../../journal/run-folder.ts';
import type { JournalFailure, JournalStore } from '../../journal/types.ts';
import { type RunSummary, summaryOf } from './run-summary.ts';

/** Bytes of a run's journal; null where there is no such run. One look at the disk each for the many runs of a batch. */
export function journalBytes(transcripts: string, debate: string): number | null {
  for (const folder of [shardedPlace(transcripts, debate), join(transcripts, debate)]) {
    const journal = statSync(join(folder, journalFile), { throwIfNoEntry: false });
    if (journal) return journal.size;
  }
  return null;
}

/** What was noted of a run, with its control from the first event of its journal where the note does not say it. */
export async function withControl(store: JournalStore, noted: RunSummary): Promise<RunSummary> {
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
