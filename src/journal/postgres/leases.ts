import type { Clock } from '../../debate/clock.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type { Server } from './server.ts';
import type { LeaseRow } from './server-error.ts';

/** The right to append to a debate, for as long as it is renewed; another one that takes it has another token. */
export interface Lease {
  readonly debate: string;
  readonly token: string;
}

export interface Leases {
  /** Takes a debate that is free or whose lease has run out by the server's clock; gives how many events it has. */
  take(lease: Lease): Promise<Outcome<number, 'not-found' | 'locked'> & { held?: LeaseRow }>;
  /** Renews a lease that was taken, from now on. `onLost` is told once, should another take it. */
  keep(lease: Lease, onLost: () => void): void;
  giveBack(lease: Lease): Promise<void>;
}

export interface LeasesOptions {
  server: Server;
  clock: Pick<Clock, 'sleep'>;
  /** How the holder is named to others. */
  holder: string;
  leaseMs: number;
}

/** Renewals in the time of one lease: two may fail before it runs out. */
const renewals = 3;

/** SQL for the end of a lease that begins now: on the server's clock, whatever the machines of the holders think. */
export const leaseEnd = (milliseconds: string) =>
  `clock_timestamp() + ${milliseconds}::double precision * interval '1 millisecond'`;

export function createLeases({ server, clock, holder, leaseMs }: LeasesOptions): Leases {
  const kept = new Map<string, { lease: Lease; onLost(): void }>();
  let renewing: AbortController | null = null;

  async function renewAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(leaseMs / renewals, signal);
      if (signal.aborted) return;
      // A server that is away is asked again next time; whether the lease outlived that, appending finds out.
      await renew().catch(() => {});
    }
  }

  async function renew(): Promise<void> {
    const asked = [...kept.values()];
    const { rows } = await server.query(
      `update parley.debates set lease_until = ${leaseEnd('$3')}
       from unnest($1::text[], $2::uuid[]) as held(id, token)
       where debates.id = held.id and debates.lease_token = held.token
       returning debates.lease_token as token`,
      [asked.map(({ lease }) => lease.debate), asked.map(({ lease }) => lease.token), leaseMs],
    );
    const renewed = new Set(rows.map(({ token }) => token));
    for (const { lease, onLost } of asked) {
      if (renewed.has(lease.token) || !forget(lease)) continue;
      onLost();
    }
  }

  function forget({ token }: Lease): boolean {
    const wasKept = kept.delete(token);
    if (kept.size === 0) {
      renewing?.abort();
      renewing = null;
    }
    return wasKept;
  }

  return {
    async take({ debate, token }) {
      const { rows } = await server.query(
        `update parley.debates set lease_token = $2, holder = $3, held_since = clock_timestamp(), lease_until = ${leaseEnd('$4')}
         where id = $1 and (lease_until is null or lease_until < clock_timestamp() or lease_token = $2)
         returning events`,
        [debate, token, holder, leaseMs],
      );
      if (rows[0]) return success(rows[0].events as number);
      const held = await leaseOf(server, debate);
      return held ? { ...failure('locked', ''), held } : failure('not-found', '');
    },
    keep(lease, onLost) {
      kept.set(lease.token, { lease, onLost });
      if (renewing) return;
      renewing = new AbortController();
      void renewAll(renewing.signal);
    },
    async giveBack(lease) {
      forget(lease);
      await server.query(
        `update parley.debates set lease_token = null, holder = null, held_since = null, lease_until = null
         where id = $1 and lease_token = $2`,
        [lease.debate, lease.token],
      );
    },
  };
}

export async function leaseOf(server: Server, debate: string): Promise<LeaseRow | null> {
  const { rows } = await server.query(
    `select holder, held_since, extract(epoch from lease_until - clock_timestamp())::double precision as seconds_left
     from parley.debates where id = $1`,
    [debate],
  );
  return rows[0] ?? null;
}
