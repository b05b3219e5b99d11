import type { Pool } from 'pg';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { openFileStore } from '../../journal/file-store.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { ServerError } from '../../journal/postgres/server-error.ts';
import { type RepairedCopy, repairCopy } from '../../journal/repair-copy.ts';
import type { JournalFailure, JournalStore, StoredDebate } from '../../journal/types.ts';
import { systemClock as clock, systemClock } from '../system-clock.ts';
import { allRuns, databaseRuns, type ListedRun } from './stored-run.ts';

/** Milliseconds that a person waits for a database to come back before a command ends. */
const patienceMs = 15_000;

/** The runs of a folder, or of a database given by its postgres:// address. */
export interface Runs {
  store: JournalStore;
  /** Every run with what is known of it, in the order of the store. */
  listed(): AsyncGenerator<ListedRun>;
  close(): Promise<void>;
}

/** Opens the runs of a folder or a database. A database that cannot be used fails here, or with a ServerError later. */
export async function openRuns(place: string): Promise<Outcome<Runs>> {
  if (isPostgresAddress(place)) return openDatabase(place);
  const store = openFileStore({ directory: place, clock: systemClock });
  return success({ store, listed: () => allRuns(store), close: async () => {} });
}

/** One whole run. */
export async function readRun(place: string, name: string): Promise<Outcome<StoredDebate>> {
  const opened = await openRuns(place);
  if (!opened.ok) return opened;
  try {
    return await opened.value.store.read(name);
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  } finally {
    await opened.value.close();
  }
}

/** Connects to a database that has parley's tables. Loads what talks to one only here, where one is named. */
export async function connectToRuns(address: string): Promise<Outcome<Pool>> {
  const { createPool } = await import('../../journal/postgres/create-pool.ts');
  const { checkSchema } = await import('../../journal/postgres/journal-schema.ts');
  try {
    const pool = await createPool(address, { max: 4 });
    const checked = await checkSchema(pool, { clock: systemClock });
    if (checked.ok) return success(pool);
    await pool.end();
    return checked;
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  }
}

async function openDatabase(address: string): Promise<Outcome<Runs>> {
  const connected = await connectToRuns(address);
  if (!connected.ok) return connected;
  const { openPostgresStore } = await import('../../journal/postgres/postgres-store.ts');
  const connection = connected.value;
  const store = failingAtOnce(openPostgresStore({ connection, clock: systemClock, patienceMs }));
  return success({
    store,
    listed: () => databaseRuns(store, connection),
    close: () => connection.end(),
  });
}

/** A database that went away ends the work, and is not a fault of each of its runs. */
function failingAtOnce(store: JournalStore): JournalStore {
  const given = <Value>(outcome: Outcome<Value, JournalFailure>) => {
    if (outcome.ok || outcome.failure.reason !== 'unreachable') return outcome;
    throw new ServerError({ reason: 'unreachable', message: outcome.failure.message });
  };
  return {
    ...store,
    read: async (debate) => given(await store.read(debate)),
    async *events(debate) {
      for await (const event of store.events(debate)) yield given(event);
    },
  };
}

/** Copies a damaged run up to its last whole event, in its folder or database; the damaged one stays as it is. */
export async function repairRun({
  place,
  run,
  copy,
}: {
  place: string;
  run: string;
  copy: string;
}): Promise<Outcome<RepairedCopy>> {
  if (!isPostgresAddress(place)) return repairCopy({ directory: place, clock, run, copy });
  const connected = await connectToRuns(place);
  if (!connected.ok) return connected;
  const { repairRows } = await import('../../journal/postgres/repair-rows.ts');
  try {
    return await repairRows({ connection: connected.value, clock, run, copy });
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  } finally {
    await connected.value.end();
  }
}
