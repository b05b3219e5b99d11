import type { Pool } from 'pg';
import { ServerError } from '../journal/postgres/server-error.ts';
import { connectToRuns, openRuns, type Runs } from '../run/catalogue/open-runs.ts';
import { complain } from './complain.ts';
import type { Environment } from './environment.ts';

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
  const connected = await connectToRuns(address);
  if (!connected.ok) return complain(environment, connected.failure.message);
  const pool = connected.value;
  return closingAfter({ close: () => pool.end() }, environment, () => work(pool));
}

/** Reports in one line whatever goes wrong with a database at any time, and gives the code to exit with. */
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
