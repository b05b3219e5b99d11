import type { Clock } from '../debate/clock.ts';
import { apply, type Debate } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { openFileStore } from './file-store.ts';
import { readKeptFiles } from './kept-files.ts';
import { checkRunName, noSuchRun, runExists, unreadable } from './named-run.ts';
import { folderOf, runsIn } from './run-folder.ts';
import type { JournalFailure, JournalStore } from './types.ts';

export interface RepairCopyOptions {
  /** The folder that holds the runs. */
  directory: string;
  clock: Pick<Clock, 'now'>;
  /** The run whose journal is damaged; it is left as it is. */
  run: string;
  /** The name of the new run. */
  copy: string;
}

export interface RepairedCopy {
  /** How many events were saved. */
  events: number;
  /** The number of the first event that was left out; null where the journal was whole. */
  damagedEvent: number | null;
}

/** The two names of a repair and the store that both are of. */
export interface Repair {
  store: JournalStore;
  run: string;
  copy: string;
}

/**
 * Copies the whole events before the damage, with the prompt files, to a new run that can be resumed. Events
 * keep their numbers and dates, and the first one still names the run it came from.
 */
export async function repairCopy(options: RepairCopyOptions): Promise<Outcome<RepairedCopy, JournalFailure>> {
  const { directory, clock, run, copy } = options;
  const names = [checkRunName(run), checkRunName(copy)];
  for (const name of names) if (!name.ok) return name;
  const folder = folderOf(directory, run);
  if (!folder) return noSuchRun(directory, run, runsIn(directory));
  const existing = folderOf(directory, copy);
  if (existing) return runExists(existing);
  return copyBeginning({ store: openFileStore({ directory, clock }), run, copy }, () =>
    readKeptFiles(folder).then(success, (error: unknown) => unreadable(folder, error)),
  );
}

/** Makes the copy; `filesOf` gives the prompt files of the damaged run. */
export async function copyBeginning(
  { store, run, copy }: Repair,
  filesOf: () => Promise<Outcome<Map<string, string>, JournalFailure>>,
): Promise<Outcome<RepairedCopy, JournalFailure>> {
  const whole = await wholeBeginning(store, run);
  if (!whole.ok) return whole;
  const { events, damagedEvent } = whole.value;
  const files = await filesOf();
  if (!files.ok) return files;
  const kept = [...files.value].map(([path, content]) => ({ path, content }));
  const made = await store.create(copy, kept, events);
  if (!made.ok) return made;
  await made.value.close();
  return success({ events: events.length, damagedEvent });
}

/** What can be saved of a run. */
interface WholeBeginning {
  events: DebateEvent[];
  /** The number of the first event that is damaged, missing or does not follow those before it; null where none is. */
  damagedEvent: number | null;
}

/** The events of a run before the first that is damaged; fails where there is none before it. */
async function wholeBeginning(
  store: JournalStore,
  run: string,
): Promise<Outcome<WholeBeginning, JournalFailure>> {
  const events: DebateEvent[] = [];
  let debate: Debate | null = null;
  for await (const event of store.events(run)) {
    if (!event.ok) {
      const isLost = event.failure.reason !== 'damaged' || events.length === 0;
      return isLost ? event : success({ events, damagedEvent: events.length });
    }
    try {
      debate = apply(debate, event.value);
    } catch (error) {
      if (events.length > 0) return success({ events, damagedEvent: events.length });
      const why = error instanceof Error ? error.message : String(error);
      return failure(
        'damaged',
        `${run} in ${store.place} is damaged (${why}). Nothing was changed. No event could be saved to a copy.`,
      );
    }
    events.push(event.value);
  }
  return success({ events, damagedEvent: null });
}
