import { JournalError, type LineWriter, queuedAppends } from '../queued-appends.ts';
import { shardOf } from '../run-folder.ts';
import { type Lease, leaseEnd, leaseOf } from './leases.ts';
import type { Server } from './server.ts';
import { ServerError, takenOver } from './server-error.ts';

export interface RowWriterOptions {
  server: Server;
  lease: Lease;
  leaseMs: number;
  /** How many events the debate has. */
  events: number;
  close(): Promise<void>;
}

/**
 * Appends events to a debate, each durable before its promise resolves. One statement looks at the token, counts the
 * events up and adds them, so that a process that lost the lease and wakes up adds nothing; it also renews the lease.
 */
export function createRowWriter({ server, lease, leaseMs, events, close }: RowWriterOptions): LineWriter {
  const { debate, token } = lease;
  let stored = events;

  async function commit(lines: readonly string[]): Promise<void> {
    try {
      const { rowCount } = await server.query(
        `with held as (
           update parley.debates set events = events + cardinality($4::text[]), lease_until = ${leaseEnd('$5')}
           where id = $1 and lease_token = $2 and events = $3::integer
           returning id
         )
         insert into parley.events (debate, number, line)
         select held.id, $3::integer + added.place - 1, added.line
         from held cross join unnest($4::text[]) with ordinality as added(line, place)`,
        [debate, token, stored, lines, leaseMs],
      );
      if (rowCount !== lines.length && !(await areStored(lines))) throw await lost();
    } catch (error) {
      throw error instanceof ServerError ? unwritable(error) : error;
    }
    stored += lines.length;
  }

  /** A server that broke off may have stored them without being able to say so; nobody else had the token then. */
  async function areStored(lines: readonly string[]): Promise<boolean> {
    const { rows } = await server.query(
      `select line from parley.events join parley.debates on id = debate
       where debate = $1 and lease_token = $2 and number >= $3 order by number`,
      [debate, token, stored],
    );
    return rows.length === lines.length && rows.every(({ line }, index) => line === lines[index]);
  }

  async function lost(): Promise<JournalError> {
    return new JournalError('lease-lost', takenOver(server.place, debate, await leaseOf(server, debate)));
  }

  function unwritable(error: ServerError): JournalError {
    return new JournalError(
      'not-writable',
      `${debate} could not be written: ${error.message} Every event before this one is saved; resume the run afterwards.`,
      { cause: error },
    );
  }

  return queuedAppends({ place: `${debate} in ${server.place}`, commit, close });
}

interface NewDebateRow {
  lease: Lease;
  holder: string;
  leaseMs: number;
  /** SHA-256 of the kept files by path; their contents are stored. */
  hashes: ReadonlyMap<string, string>;
  /** The events it begins with. */
  lines: readonly string[];
}

/** Makes a debate, held by this lease, with its files and first events; false where one of that name is there. */
export async function makeDebate(server: Server, made: NewDebateRow): Promise<boolean> {
  const { lease, holder, leaseMs, hashes, lines } = made;
  const { rows } = await server.query(
    `with made as (
       insert into parley.debates (id, shard, events, lease_token, holder, held_since, lease_until)
       values ($1, $2, cardinality($6::text[]), $3, $4, clock_timestamp(), ${leaseEnd('$5')})
       on conflict (id) do nothing
       returning id
     ), first_events as (
       insert into parley.events (debate, number, line)
       select made.id, added.place - 1, added.line
       from made cross join unnest($6::text[]) with ordinality as added(line, place)
     ), used as (
       insert into parley.debate_files (debate, path, sha256)
       select made.id, file.path, file.sha256
       from made cross join unnest($7::text[], $8::text[]) as file(path, sha256)
     )
     select id from made
     union all select id from parley.debates where id = $1 and lease_token = $3`,
    [
      ...[lease.debate, shardOf(lease.debate), lease.token, holder, leaseMs],
      ...[lines, [...hashes.keys()], [...hashes.values()]],
    ],
  );
  // Where the server stored it but could not say so, the second asking finds it under its own token.
  return rows.length > 0;
}
