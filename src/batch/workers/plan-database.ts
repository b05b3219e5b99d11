import type { Pool } from 'pg';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { isPostgresAddress, noAddress, shownAddress } from '../../journal/postgres/address.ts';
import { createPool } from '../../journal/postgres/create-pool.ts';
import { checkSchema, prepareSchema } from '../../journal/postgres/journal-schema.ts';
import { ServerError, serverError } from '../../journal/postgres/server-error.ts';
import { systemClock } from '../../run/system-clock.ts';
import { planSchema } from './plan-tables.ts';
import { type DebateQueue, openQueue } from './queue.ts';

/** A database of plans and workers. */
export interface PlanDatabase {
  pool: Pool;
  /** The address without its password. */
  place: string;
  close(): Promise<void>;
}

/** Connects, and makes the tables (`prepares`) or checks that they are there. */
export async function connectDatabase(
  address: string,
  { max, prepares }: { max: number; prepares: boolean },
): Promise<Outcome<PlanDatabase>> {
  if (!isPostgresAddress(address)) return failure('bad-address', noAddress(address));
  const place = shownAddress(address);
  try {
    const pool = await createPool(address, { max });
    const look = prepares ? prepareSchema : checkSchema;
    const schema = await look(pool, { clock: systemClock, parts: [planSchema] });
    if (schema.ok) return success({ pool, place, close: () => pool.end() });
    await pool.end();
    return schema;
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  }
}

/** Whose queue it is: a worker's, who looks after lost jobs, or that of a command that may make its tables. */
export type QueueUser = { type: 'worker'; leaseMs: number } | { type: 'submitter' };

/** Opens the queue of a database; `no-queue` where a worker finds none, or one of another version. */
export async function connectQueue(
  { pool, place }: PlanDatabase,
  user: QueueUser,
): Promise<Outcome<DebateQueue>> {
  const isWorker = user.type === 'worker';
  try {
    const queue = await openQueue({
      pool,
      heartbeatMs: isWorker ? user.leaseMs : 30_000,
      mayMigrate: !isWorker,
      supervises: isWorker,
      // The queue's own care for lost jobs goes on at its next turn; what matters here is asked again.
      onError: () => {},
    });
    return success(queue);
  } catch (error) {
    const known = serverError(error, place);
    if (known instanceof ServerError) return failure(known.reason, known.message);
    if (!isWorker) throw error;
    return failure('no-queue', `The queue in ${place} is missing, or of another version of pg-boss.`);
  }
}

/** Makes the tables that debates, plans and workers need, or brings them up to date; gives the address without its password. */
export async function prepareDatabase(address: string): Promise<Outcome<string>> {
  const database = await connectDatabase(address, { max: 2, prepares: true });
  if (!database.ok) return database;
  try {
    const queue = await connectQueue(database.value, { type: 'submitter' });
    if (!queue.ok) return queue;
    await queue.value.close();
    return success(database.value.place);
  } finally {
    await database.value.close();
  }
}
