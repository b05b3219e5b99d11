import type { Failure } from '../../debate/outcome.ts';
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
