import { shardOf } from '../file-place.ts';
import { type Lease, leaseEnd } from './leases.ts';
import type { Server } from './server.ts';

export interface NewDebateRow {
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
