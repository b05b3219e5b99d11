import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { RunSource } from '../pull-run.ts';
import { createFileReader } from './kept-rows.ts';
import { listDebates } from './list-debates.ts';
import { openServer } from './server.ts';
import { hashOfJournal, readWholeRun } from './whole-run.ts';

export interface PullSource extends RunSource {
  /** The address without its password. */
  readonly place: string;
  list(): AsyncIterable<string>;
  count(): Promise<number>;
}

/** The runs of a database, to be copied by pullRun. All it is asked may throw a ServerError. */
export function openPullSource(options: {
  connection: Pool;
  clock: Pick<Clock, 'sleep'>;
  /** Told once a spell that the server is away and waited for. */
  onAway?(message: string): void;
}): PullSource {
  const server = openServer(options);
  const reader = createFileReader(server);
  return {
    place: server.place,
    list: () => listDebates(server),
    async count() {
      const { rows } = await server.query('select count(*)::integer as debates from parley.debates');
      return rows[0].debates;
    },
    hashOf: (debate) => hashOfJournal(server, debate),
    whole: (debate) => readWholeRun(server, reader, debate),
  };
}
