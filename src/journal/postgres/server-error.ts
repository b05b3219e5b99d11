import { formatVersion } from '../../debate/events.ts';
import { type Failure, failure } from '../../debate/outcome.ts';
import type { LineFault } from '../event-line.ts';
import type { JournalFailure } from '../types.ts';

export type ServerReason = Extract<
  JournalFailure,
  'unreachable' | 'refused' | 'unsupported-version' | 'not-writable'
>;

/** What a database server or the way to it said, for the person: what happened, to which server, what to do next. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly reason: ServerReason;

  constructor({ reason, message }: Failure<ServerReason>, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** How a missing or old schema is made whole. */
const prepare = 'Run parley migrate with this address once, with a role that may create tables';
const rights = 'Grant the role what the README lists for workers or readers, or use another role';

/** What codes of Postgres (SQLSTATE) and of the system mean, and what to do. */
const meanings: Record<string, [reason: ServerReason, what: string, next: string]> = {
  ECONNREFUSED: ['unreachable', 'nothing listens there', 'Check host and port, and that the server runs'],
  ENOTFOUND: ['unreachable', 'no host has that name', 'Check the name of the host'],
  EAI_AGAIN: ['unreachable', 'the host’s name could not be looked up', 'Check the network'],
  ENETUNREACH: ['unreachable', 'the network is unreachable', 'Check the network'],
  EHOSTUNREACH: ['unreachable', 'the host is unreachable', 'Check host and network'],
  ETIMEDOUT: ['unreachable', 'it does not answer', 'Check host, port and firewall'],
  ECONNRESET: ['unreachable', 'the connection broke', 'Try again'],
  EPIPE: ['unreachable', 'the connection broke', 'Try again'],
  '57P01': ['unreachable', 'the server is shutting down', 'Try again once it runs'],
  '57P02': ['unreachable', 'the server crashed', 'Try again once it runs'],
  '57P03': ['unreachable', 'the server is starting', 'Try again in a moment'],
  '53300': ['unreachable', 'it has no connection left', 'Run fewer workers, or raise max_connections'],
  '28P01': ['refused', 'user or password is wrong', 'Check both; a password can also be set in PGPASSWORD'],
  '28000': ['refused', 'the server does not let this user in from here', 'Check user and pg_hba.conf'],
  '3D000': ['refused', 'it has no such database', 'Create it, or correct the name at the end of the address'],
  '3F000': ['refused', 'it holds no parley tables yet', prepare],
  '42P01': ['refused', 'parley’s tables are missing or incomplete', prepare],
  '42703': ['refused', 'its tables are of another version of parley', prepare],
  '42501': ['refused', 'the role lacks a right', rights],
  '25006': ['not-writable', 'it is read-only', 'Use the address of the primary server'],
  '53100': ['not-writable', 'its disk is full', 'Free some space'],
};

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/;
const brokenConnection =
  /connection terminated|connection ended|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** Tells an expected failure of a server from a bug, which is given back as it is. */
export function serverError(error: unknown, place: string): Error {
  if (error instanceof ServerError) return error;
  if (!(error instanceof Error)) return new Error(String(error));
  const code = codeOf(error);
  const known = meanings[code] ?? meaningOf(error, code);
  if (!known) return error;
  const [reason, what, next] = known;
  const detail = code === '42501' ? ` (${error.message})` : code === '' ? '' : ` (${code})`;
  const message = `${place} ${reason === 'unreachable' ? 'cannot be reached' : 'cannot be used'}: ${what}${detail}. ${next}.`;
  return new ServerError({ reason, message }, { cause: error });
}

function meaningOf(error: Error, code: string): (typeof meanings)[string] | null {
  if (code.startsWith('08') || brokenConnection.test(error.message)) {
    return [
      'unreachable',
      'the connection broke or was not made in time',
      'Check the network, then try again',
    ];
  }
  if (/SASL|client password must be/i.test(error.message)) {
    return ['refused', 'it asks for a password', 'Put one into PGPASSWORD, ~/.pgpass or the address'];
  }
  if (/does not support SSL/i.test(error.message)) {
    return ['refused', 'it does not speak TLS', 'Set it up there, or take sslmode out of the address'];
  }
  if ('syscall' in error && error.syscall === 'open') {
    return [
      'refused',
      'a file that its address names cannot be read',
      'Check sslrootcert, sslcert and sslkey',
    ];
  }
  if (tlsCodes.test(code)) {
    const next =
      'Name the file of its authority with sslrootcert=FILE in the address; sslmode=no-verify would trust anyone';
    return ['refused', 'its TLS certificate is not trusted', next];
  }
  return null;
}

function codeOf(error: Error): string {
  // Where a host has several addresses, node gives one error for all that failed.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

type Failed<Reason extends JournalFailure> = { ok: false; failure: Failure<Reason> };

/** The worker that holds a debate, as read from its row. */
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
