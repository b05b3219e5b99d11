import { sweepDrafts } from '../../journal/abandoned-drafts.ts';
import { type Pulled, type PullSource, pullRun } from '../../journal/postgres/pull-run.ts';
import { systemClock } from '../system-clock.ts';

/** What became of the runs of a database that were looked at. */
export interface PullResult {
  counts: Record<Pulled | 'failed', number>;
  /** Runs that were looked at, of so many. */
  looked: number;
  runs: number;
  /** Half-made copies of a killed process that were removed. */
  swept: number;
}

export interface PullRunsOptions {
  source: PullSource;
  /** The folder that the copies go into. */
  directory: string;
  /** Ends it well: copies under way are finished. */
  signal: AbortSignal;
  onLooked(looked: number, runs: number): void;
  /** A run was not copied, and why. */
  onFailure(message: string): void;
}

/** Copies under way at once: while one waits for the disk, others ask the server. */
const atOnce = 4;

/** Copies the runs of a database to files, each whole or not at all; those that are there already are passed over. */
export async function pullRuns(options: PullRunsOptions): Promise<PullResult> {
  const { source, directory, signal, onLooked, onFailure } = options;
  // What cannot be removed now is in nobody's way, and looked at again by the next pull.
  const swept = await sweepDrafts(directory, systemClock.now()).catch(() => 0);
  const result: PullResult = {
    counts: { copied: 0, renewed: 0, same: 0, empty: 0, failed: 0 },
    ...{ looked: 0, runs: await source.count(), swept },
  };
  const runs = source.list()[Symbol.asyncIterator]();
  const pullSome = async () => {
    while (!signal.aborted) {
      const next = await runs.next();
      if (next.done) return;
      const pulled = await pullRun({ source, directory, clock: systemClock }, next.value);
      result.counts[pulled.ok ? pulled.value : 'failed'] += 1;
      if (!pulled.ok) onFailure(pulled.failure.message);
      result.looked += 1;
      onLooked(result.looked, result.runs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, pullSome));
  return result;
}
