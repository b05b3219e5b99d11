import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { ServerError } from '../../journal/postgres/server-error.ts';

/** The server is away, restarting, full, or chose this transaction to break a deadlock: the same again may go well. */
const passingCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
  ...['57P01', '57P02', '57P03', '53300', '40001', '40P01'],
]);

export function isPassingTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ServerError) return error.reason === 'unreachable';
  const code = 'code' in error ? String(error.code) : '';
  if (passingCodes.has(code) || code.startsWith('08')) return true;
  if (error instanceof AggregateError) return error.errors.some(isPassingTrouble);
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/.test(
    error.message,
  );
}

export type Persistence = ReturnType<typeof createPersistence>;

const pause = { first: 100, most: 3000 };

/** Retries while the database is away. Reports each outage once; permanent errors are thrown. */
export function createPersistence(
  clock: Clock,
  report: (trouble: { isOver: boolean; message: string }) => void,
) {
  let isAway = false;
  const over = () => {
    if (isAway) report({ isOver: true, message: '' });
    isAway = false;
  };
  const trouble = (error: unknown) => {
    if (!isAway) report({ isOver: false, message: error instanceof Error ? error.message : String(error) });
    isAway = true;
  };
  return {
    /** Does something that may be done twice, until it succeeds; null once the signal aborts while it cannot. */
    async until<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result | null> {
      for (let wait = pause.first; ; wait = Math.min(pause.most, wait * 2)) {
        try {
          const result = await work();
          over();
          return result;
        } catch (error) {
          if (!isPassingTrouble(error)) throw error;
          trouble(error);
        }
        if (signal?.aborted) return null;
        await clock.sleep(wait, signal);
      }
    },
  };
}

/** All of it or nothing. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
