import type { Pool } from 'pg';
import { planSchema } from '../../batch/workers/plan-tables.ts';
import { type DebateQueue, openQueue } from '../../batch/workers/queue.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { isPostgresAddress, shownAddress } from '../../journal/postgres/address.ts';
import { createPool } from '../../journal/postgres/create-pool.ts';
import { checkSchema, prepareSchema } from '../../journal/postgres/journal-schema.ts';
import { ServerError, serverError } from '../../journal/postgres/server-error.ts';
import { systemClock } from '../../run/system-clock.ts';
import { noAddress } from '../no-address.ts';

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
  if (!isPostgresAddress(address)) return failure('bad-option', noAddress(address));
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

export async function connectQueue(
  { pool, place }: PlanDatabase,
  options: { heartbeatMs: number; prepares: boolean; supervises: boolean; onError(error: unknown): void },
): Promise<Outcome<DebateQueue>> {
  try {
    return success(await openQueue({ ...options, pool, mayMigrate: options.prepares }));
  } catch (error) {
    const known = serverError(error, place);
    if (known instanceof ServerError) return failure(known.reason, known.message);
    if (options.prepares) throw error;
    const next = 'Submit a plan once with parley batch PLAN --on and this address';
    return failure(
      'refused',
      `The queue in ${place} is not there or of another version of pg-boss. ${next}, as a role that may create tables.`,
    );
  }
}
