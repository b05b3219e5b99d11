import { formatVersion } from '../../debate/events.ts';
import { type Failure, failure } from '../../debate/outcome.ts';
import type { LineFault } from '../event-line.ts';
import type { JournalFailure } from '../types.ts';
import { ServerError } from './server-error.ts';

type Failed<Reason extends JournalFailure> = { ok: false; failure: Failure<Reason> };

/** Who holds a debate, as the database tells. */
export interface LeaseRow {
  holder: string | null;
  held_since: Date | null;
  /** Seconds until the lease runs out; negative after. */
  seconds_left: number | null;
}

/** What goes wrong with runs in a database, for the person: what happened, to what, what to do next. */

export function runExists(place: string, debate: string): Failed<'exists'> {
  return failure('exists', `${debate} already exists in ${place}. Resume it, or choose another name.`);
}

export function inUse(place: string, debate: string, { seconds_left, ...row }: LeaseRow): Failed<'locked'> {
  const left = Math.max(1, Math.ceil(seconds_left ?? 0));
  const next = `Wait for it to end. If it was killed, the run is free in ${left} s.`;
  return failure('locked', `${debate} in ${place} is in use by ${holderIn(row)}. ${next}`);
}

export function takenOver(place: string, debate: string, row: Omit<LeaseRow, 'seconds_left'> | null): string {
  const by = row?.holder ? ` by ${holderIn(row)}` : ' by another process, which has released it since';
  return `${debate} in ${place} was taken over${by}, so this one stopped writing to it. What it saved is whole; the other goes on from there.`;
}

export function damaged(
  place: string,
  debate: string,
  number: number,
  fault: LineFault,
): Failed<'damaged' | 'unsupported-version'> {
  const event = `Event ${number} of ${debate} in ${place}`;
  if (fault.kind === 'unsupported-version') {
    return failure(
      'unsupported-version',
      `${event} is ${fault.what}; this parley reads format ${formatVersion}. Nothing was changed. Use the version of parley that wrote it, or a newer one.`,
    );
  }
  return brokenAt(place, debate, number, `is damaged (${fault.what})`);
}

export function missingEvent(place: string, debate: string, number: number): Failed<'damaged'> {
  return brokenAt(place, debate, number, 'is missing');
}

/** A row more than its debate counts. */
export function surplusEvent(place: string, debate: string, number: number): Failed<'damaged'> {
  return brokenAt(place, debate, number, 'is one more than the debate has');
}

function brokenAt(place: string, debate: string, number: number, what: string): Failed<'damaged'> {
  const next =
    number === 0
      ? 'No event before it could be saved to a copy.'
      : `Or copy the ${number} whole events before it to a new run, which can be resumed: parley repair ${place}/${encodeURIComponent(debate)}`;
  return failure('damaged', `Event ${number} of ${debate} in ${place} ${what}. ${untouched} ${next}`);
}

export function damagedFile(place: string, debate: string, path: string): Failed<'damaged'> {
  return failure(
    'damaged',
    `The prompt file ${path} of ${debate} in ${place} is not the one that was stored. ${untouched}`,
  );
}

const untouched = 'Nothing was changed. Restore the database’s rows from a backup.';

/** What a server said, as a value; rethrows anything else, which is a bug. */
export function serverFailure(error: unknown): Failed<ServerError['reason']> {
  if (error instanceof ServerError) return failure(error.reason, error.message);
  throw error;
}

function holderIn({ holder, held_since }: Pick<LeaseRow, 'holder' | 'held_since'>): string {
  const since = held_since
    ?.toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return `${holder ?? 'a process'}${since === undefined ? '' : ` since ${since}`}`;
}
