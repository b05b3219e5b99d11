import { JournalError } from '../journal-error.ts';
import { type LineWriter, queuedAppends } from '../queued-appends.ts';
import { takenOver } from './failures.ts';
import { type Lease, leaseEnd, leaseOf } from './leases.ts';
import type { Server } from './server.ts';
import { ServerError } from './server-error.ts';

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
 * events up and adds them, so that whoever lost the lease, and wakes up, adds nothing; it also renews the lease.
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
