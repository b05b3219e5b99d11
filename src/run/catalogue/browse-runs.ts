import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openFileStore } from '../../journal/file-store.ts';
import { thisHolder } from '../../journal/holder.ts';
import { isAbandoned, lockFile } from '../../journal/lock.ts';
import { folderOf, type JournalPlace, journalsIn } from '../../journal/run-folder.ts';
import { systemClock } from '../system-clock.ts';
import { type BrowsedBatch, browseBatches } from './browse-batches.ts';
import { openRunIndex, type RunIndex } from './run-index.ts';
import type { RunSummary } from './run-summary.ts';
import { type Notes, notesOf, summaryOfJournal } from './stored-run.ts';

/** A run as far as it is known; another object once anything of it differs. */
export interface BrowsedRun {
  readonly run: string;
  /** When its journal was last written, in milliseconds since 1970. */
  readonly writtenAt: number;
  readonly bytes: number;
  /** null where it is still to be read, holds no event yet, or cannot be read. */
  readonly summary: RunSummary | null;
  readonly state: 'read' | 'unread' | 'empty' | 'damaged';
  /** Why it cannot be read; empty where it can. */
  readonly trouble: string;
  /** A process is writing it. */
  readonly isLive: boolean;
  /** The batch that it belongs to, by its folder's name; null for one that was begun by itself. */
  readonly batch: string | null;
}

/** The runs of a folder, for somebody who looks at them for a while: what the index knows is there at once, the rest comes. */
export interface RunBrowser {
  readonly runs: readonly BrowsedRun[];
  readonly batches: readonly BrowsedBatch[];
  /** Journals that are still to be read. */
  readonly unread: number;
  /** Looks at the folder again, then reads what has changed, and calls `changed` now and then. Ends early when aborted. */
  look(signal: AbortSignal, changed: () => void): Promise<void>;
}

/** Runs that are looked at before a person's keys get their turn. */
const atOnce = 200;
/** Milliseconds between two reports of what was read meanwhile. */
const reportMs = 100;

export function browseRuns(directory: string): RunBrowser {
  const store = openFileStore({ directory, clock: systemClock });
  let known = new Map<string, BrowsedRun>();
  let runs: readonly BrowsedRun[] = [];
  let unread = 0;
  let index: RunIndex | null = null;
  /** Read once: batches note a summary where this reader would otherwise read a journal. */
  let notes: Notes | null = null;
  const lookAtBatches = browseBatches(directory);
  let batches: readonly BrowsedBatch[] = [];
  const batchOf = (run: string) => batches.find(({ arms }) => arms.has(run))?.id ?? null;

  const put = (run: BrowsedRun) => {
    known.set(run.run, run);
  };
  const publish = (changed: () => void) => {
    runs = [...known.values()];
    changed();
  };
  /** Those that could be written now: the others are looked at no further. */
  const isLive = async ({ run }: JournalPlace) => {
    const folder = folderOf(directory, run);
    if (folder === null || !existsSync(join(folder, lockFile))) return false;
    return !(await isAbandoned(folder, await thisHolder(systemClock.now()), systemClock.now()));
  };
  const seen = async (journal: JournalPlace, summary: RunSummary | null): Promise<BrowsedRun> => ({
    ...unseen(journal, summary === null ? 'empty' : 'read'),
    summary,
    isLive: (summary?.ending ?? null) === null && (await isLive(journal)),
  });
  const unseen = (journal: JournalPlace, state: BrowsedRun['state']): BrowsedRun => ({
    ...{ ...journal, state, summary: null, trouble: '', isLive: false, batch: batchOf(journal.run) },
  });

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
      const batchesBefore = batches;
      const looking = lookAtBatches();
      const opened = index ?? (await openRunIndex(directory));
      batches = await looking;
      if (index === null) {
        index = opened;
        showAtOnce(index);
        if (known.size > 0) publish(changed);
        // Drawn before the folder is looked through.
        await setImmediate();
      }
      const before = known;
      known = new Map();
      const toRead: JournalPlace[] = [];
      let isSame =
        batches.length === batchesBefore.length && batches.every((one, at) => one === batchesBefore[at]);
      let looked = 0;
      for await (const journal of journalsIn(directory)) {
        if (signal.aborted) return;
        if (++looked % atOnce === 0) await setImmediate();
        const { run, bytes, writtenAt } = journal;
        const last = before.get(run);
        const isOld = last?.bytes === bytes && last.writtenAt === writtenAt && last.state !== 'unread';
        if (last && isOld) {
          // One that has not ended may have been taken up, or left, without a word.
          const isNow = last.summary?.ending === null && (await isLive(journal));
          if (isNow !== last.isLive) isSame = false;
          put(isNow === last.isLive ? last : { ...last, isLive: isNow });
          continue;
        }
        isSame = false;
        const summary = index.find(journal);
        if (summary !== undefined) put(await seen(journal, summary));
        else {
          put(last?.summary ? last : unseen(journal, 'unread'));
          toRead.push(journal);
        }
      }
      unread = toRead.length;
      if (!isSame || known.size !== before.size || runs.length === 0) publish(changed);
      if (toRead.length > 0) await readAll(toRead, index, signal, changed);
    },
  };

  /** What the index says, as if nothing had changed since: the first rows in full, so that a list can be drawn. */
  function showAtOnce(index: RunIndex): void {
    const places = index.places().sort((one, other) => other.writtenAt - one.writtenAt);
    for (const [place, journal] of places.entries()) {
      const summary = place < atOnce ? index.find(journal) : undefined;
      const state = summary === undefined ? 'unread' : summary === null ? 'empty' : 'read';
      put({ ...unseen(journal, state), summary: summary ?? null });
    }
  }

  /** The newest first: they are what a person sees first. */
  async function readAll(
    journals: readonly JournalPlace[],
    index: RunIndex,
    signal: AbortSignal,
    changed: () => void,
  ): Promise<void> {
    let reportedAt = performance.now();
    notes ??= await notesOf(directory);
    for (const journal of journals.toSorted((one, other) => other.writtenAt - one.writtenAt)) {
      if (signal.aborted) break;
      const read = await summaryOfJournal(store, journal, notes);
      unread -= 1;
      if (read.ok) index.add(journal, read.value);
      put(
        read.ok
          ? await seen(journal, read.value)
          : { ...unseen(journal, 'damaged'), trouble: read.failure.message },
      );
      if (performance.now() - reportedAt < reportMs) continue;
      publish(changed);
      await setImmediate();
      reportedAt = performance.now();
    }
    publish(changed);
    await index.save();
  }
}
