import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/debate/clock.ts';
import { prepareSchema } from '../../../src/journal/postgres/journal-schema.ts';
import {
  openPostgresStore,
  type PostgresStore,
  type PostgresStoreOptions,
} from '../../../src/journal/postgres/postgres-store.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import type { PostgresServer } from '../../helpers/postgres-server.ts';
import { tickingClock } from '../store-suite.ts';

/** Dates by a clock that ticks, waits in real time. */
export function testClock(): Clock {
  return { ...tickingClock(), sleep: systemClock.sleep };
}

/** The address of a new database with parley's tables. */
export async function preparedDatabase(server: PostgresServer): Promise<string> {
  const address = await server.createDatabase();
  const prepared = await prepareSchema(address, { clock: systemClock });
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return address;
}

/** A store that goes with the test. */
export function openedStore(connection: string, options: Partial<PostgresStoreOptions> = {}): PostgresStore {
  const store = openPostgresStore({ connection, clock: testClock(), ...options });
  onTestFinished(() => store.close());
  return store;
}
