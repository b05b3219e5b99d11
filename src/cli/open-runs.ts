import type { Pool } from 'pg';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { openFileStore } from '../journal/file-store.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { ServerError } from '../journal/postgres/server-error.ts';
import type { JournalFailure, JournalStore, StoredDebate } from '../journal/types.ts';
import { allRuns, type ListedRun } from '../run/catalogue/all-runs.ts';
import { systemClock } from '../run/system-clock.ts';
import { complain } from './complain.ts';
import type { Environment } from './environment.ts';

/** Milliseconds that a person waits for a database to come back before a command ends. */
const patienceMs = 15_000;

/** The runs of a folder, or of a database given by its postgres:// address. */
export interface Runs {
  store: JournalStore;
  /** Every run with what is known of it, in the order of the store. */
  listed(): AsyncGenerator<ListedRun>;
  close(): Promise<void>;
}

/** Opens runs, wherever they are, for a command. */
export async function withRuns(
  transcripts: string,
  environment: Environment,
  work: (runs: Runs) => Promise<number>,
): Promise<number> {
  const opened = await openRuns(transcripts);
  if (!opened.ok) return complain(environment, opened.failure.message);
  return closingAfter(opened.value, environment, () => work(opened.value));
}

/** Opens a database that has parley's tables, for a command. */
export async function withDatabase(
  address: string,
  environment: Environment,
  work: (connection: Pool) => Promise<number>,
): Promise<number> {
  const connected = await connect(address);
  if (!connected.ok) return complain(environment, connected.failure.message);
  const pool = connected.value;
  return closingAfter({ close: () => pool.end() }, environment, () => work(pool));
}

/** What goes wrong with a database at any time is said in one line, and gives the code to exit with. */
async function closingAfter(
  opened: Pick<Runs, 'close'>,
  environment: Environment,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServerError) return complain(environment, error.message);
    throw error;
  } finally {
    await opened.close();
  }
}

/** One whole run. */
export async function readRun(transcripts: string, name: string): Promise<Outcome<StoredDebate>> {
  const opened = await openRuns(transcripts);
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

async function openRuns(transcripts: string): Promise<Outcome<Runs>> {
  if (isPostgresAddress(transcripts)) return openDatabase(transcripts);
  const store = openFileStore({ directory: transcripts, clock: systemClock });
  return success({ store, listed: () => allRuns(store), close: async () => {} });
}

async function openDatabase(address: string): Promise<Outcome<Runs>> {
  const connected = await connect(address);
  if (!connected.ok) return connected;
  const { openPostgresStore } = await import('../journal/postgres/postgres-store.ts');
  const { databaseRuns } = await import('../run/catalogue/database-runs.ts');
  const connection = connected.value;
  const store = failingAtOnce(openPostgresStore({ connection, clock: systemClock, patienceMs }));
  return success({
    store,
    listed: () => databaseRuns(store, connection),
    close: () => connection.end(),
  });
}

/** Whether a database can be used: reached, entered, and with parley's tables. */
export async function lookAtDatabase(address: string): Promise<Outcome<null>> {
  const connected = await connect(address);
  if (!connected.ok) return connected;
  await connected.value.end();
  return success(null);
}

/** A database that went away is the end of a command, not a fault of each of its runs. */
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

/** Loads what talks to a database only here, where one is named, and looks whether it can be used. */
async function connect(address: string): Promise<Outcome<Pool>> {
  const { createPool } = await import('../journal/postgres/create-pool.ts');
  const { checkSchema } = await import('../journal/postgres/journal-schema.ts');
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
