import type { Client, Pool } from 'pg';
import { readAddress } from './address.ts';
import { ServerError } from './server-error.ts';

/** Milliseconds to wait for a connection before the server counts as unreachable. */
const connectTimeoutMs = 10_000;

/**
 * Connections to a server by its address; `pg` is loaded here and nowhere else. Throws a ServerError where the address
 * cannot be read.
 */
export async function createPool(address: string, { max }: { max: number }): Promise<Pool> {
  const connectionString = addressForPg(address);
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString,
    max,
    Client: closedWhenRefused(pg.Client),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    fallback_application_name: 'parley',
  });
  // A server that restarts ends idle connections; the next query opens another one, or says what is wrong.
  pool.on('error', () => {});
  return pool;
}

type Connected = Parameters<Client['connect']>[0];

/** pg leaves a connection open that was refused half-way, for want of a password say: no process could end before the server gives up. */
function closedWhenRefused(Base: typeof Client): typeof Client {
  return class extends Base {
    override connect(): Promise<Client>;
    override connect(connected: Connected): void;
    override connect(connected?: Connected): Promise<Client> | undefined {
      // The server may end a connection in the same breath in which it took it, before the pool or a caller listens: an
      // error that nobody hears would end the process. The next query on it says what is wrong.
      this.on('error', () => {});
      const connecting = super.connect();
      connecting.then(
        () => connected?.(null as never, this),
        (error: Error) => {
          void this.end().catch(() => {});
          connected?.(error as never, this);
        },
      );
      return connected ? undefined : connecting;
    }
  };
}

/** Says outright what pg takes the older words for, of which it would warn on every start. */
function addressForPg(address: string): string {
  const url = readAddress(address);
  if (!url) {
    const message =
      'The postgres:// address cannot be read. Percent-encode special characters in its password (such as %23 for #), or put the password into PGPASSWORD.';
    throw new ServerError({ reason: 'refused', message });
  }
  const mode = url.searchParams.get('sslmode') ?? '';
  const isVague = ['prefer', 'require', 'verify-ca'].includes(mode);
  if (isVague && !url.searchParams.has('uselibpqcompat')) url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}
