import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { Outcome } from '../../debate/outcome.ts';
import { checkRunName } from '../named-run.ts';
import { copyBeginning, type RepairedCopy } from '../repair-copy.ts';
import type { JournalFailure } from '../types.ts';
import { openPostgresStore } from './postgres-store.ts';
import { openServer } from './server.ts';
import { runExists, serverFailure } from './server-error.ts';
import { createFileReader } from './stored-rows.ts';

export interface RepairRowsOptions {
  connection: Pool;
  clock: Clock;
  /** The run whose rows are damaged; it is left as it is. */
  run: string;
  /** The name of the new run, in the same database. */
  copy: string;
}

/**
 * The twin of repairCopy for a database. An event there is never torn, since it is a row that is stored or not; what can
 * happen is that rows were changed or are gone. A prompt file that is not the one that was stored has nothing it could be
 * repaired from, and is reported.
 */
export async function repairRows(options: RepairRowsOptions): Promise<Outcome<RepairedCopy, JournalFailure>> {
  const { connection, clock, run, copy } = options;
  const names = [checkRunName(run), checkRunName(copy)];
  for (const name of names) if (!name.ok) return name;
  const server = openServer({ connection, clock });
  try {
    const { rows } = await server.query('select id from parley.debates where id = $1', [copy]);
    if (rows.length > 0) return runExists(server.place, copy);
    const store = openPostgresStore({ connection, clock });
    return await copyBeginning({ store, run, copy }, () => createFileReader(server).filesOf(run));
  } catch (error) {
    return serverFailure(error);
  }
}
