import { failure, type Outcome } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { ServerError } from '../../journal/postgres/server-error.ts';
import { type RepairedCopy, repairCopy } from '../../journal/repair-copy.ts';
import { systemClock as clock } from '../system-clock.ts';
import { connectToRuns } from './open-runs.ts';

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
