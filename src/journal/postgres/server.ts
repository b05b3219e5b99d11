import type { Pool, QueryResult } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { shownAddress } from './address.ts';
import { createPool } from './create-pool.ts';
import { ServerError, serverError } from './server-error.ts';

export type Query = (text: string, values?: unknown[]) => Promise<QueryResult>;

/** A database server, as everything here talks to it. What it asks must be safe to ask twice. */
export interface Server {
  /** The address without its password. */
  readonly place: string;
  /** Throws a ServerError for what the server or the way to it says. */
  query: Query;
  /** All of it or nothing. */
  transaction<Value>(work: (query: Query) => Promise<Value>): Promise<Value>;
  /** Closes the connections it opened itself. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** An address, or connections that somebody else opened and closes. */
  connection: string | Pool;
  clock: Pick<Clock, 'sleep'>;
  /** Most connections at once, where it opens them itself. */
  max?: number;
  /** Milliseconds for which a server that has answered before may be away, to restart say, before that is a failure. */
  patienceMs?: number;
  /** Told once a spell that it is away and waited for: what happened, in a sentence. */
  onAway?(message: string): void;
}

/** Milliseconds between tries, at first and at most. */
const waits = { first: 50, most: 2000 };

/** Opens no connection until it is asked something. */
export function openServer(options: ServerOptions): Server {
  const { connection, clock, max = 10, patienceMs = 60_000, onAway } = options;
  const place = typeof connection === 'string' ? shownAddress(connection) : placeOf(connection);
  let opening: Promise<Pool> | undefined;
  let hasAnswered = false;
  let isAway = false;

  const pool = () => {
    if (typeof connection !== 'string') return Promise.resolve(connection);
    opening ??= createPool(connection, { max });
    return opening;
  };

  /** Tries until it is answered. A server that never answered is not waited for: its address is probably wrong. */
  async function patiently<Value>(work: (pool: Pool) => Promise<Value>): Promise<Value> {
    let waited = 0;
    for (let wait = waits.first; ; wait = Math.min(2 * wait, waits.most)) {
      try {
        const value = await work(await pool());
        hasAnswered = true;
        isAway = false;
        return value;
      } catch (error) {
        const failed = serverError(error, place);
        const mayComeBack = failed instanceof ServerError && failed.reason === 'unreachable';
        if (!mayComeBack || !hasAnswered || waited >= patienceMs) throw failed;
        if (!isAway) onAway?.(failed.message);
        isAway = true;
      }
      await clock.sleep(wait);
      waited += wait;
    }
  }

  return {
    place,
    query: (text, values) => patiently((opened) => opened.query(text, values)),
    transaction: (work) => patiently((opened) => inTransaction(opened, work)),
    async close() {
      // Where nothing could be opened, there is nothing to close.
      await opening?.then(
        (opened) => opened.end(),
        () => {},
      );
    },
  };
}

async function inTransaction<Value>(pool: Pool, work: (query: Query) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const value = await work((text, values) => client.query(text, values));
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

function placeOf({ options }: Pool): string {
  if (options.connectionString !== undefined) return shownAddress(options.connectionString);
  const { user, host = 'localhost', port = 5432, database = '' } = options;
  return `postgres://${user === undefined ? '' : `${encodeURIComponent(user)}@`}${host}:${port}/${database}`;
}
