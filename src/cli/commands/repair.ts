import type { Outcome } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { type RepairedCopy, repairCopy } from '../../journal/repair-copy.ts';
import { systemClock as clock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { withDatabase } from '../open-runs.ts';
import { placeOfRun, shownRun } from '../run-place.ts';

/** `parley repair`: copies a damaged run up to its last whole event; the damaged one stays as it is. */
export async function repair(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const { folder, name: run } = placeOfRun(given ?? '', String(options['transcripts']));
  const copy = typeof options['as'] === 'string' ? options['as'] : `${run}-repaired`;
  const told = (repaired: Outcome<RepairedCopy>) => tell(repaired, { folder, run, copy }, environment);
  if (!isPostgresAddress(folder)) return told(await repairCopy({ directory: folder, clock, run, copy }));
  return withDatabase(folder, environment, async (connection) => {
    const { repairRows } = await import('../../journal/postgres/repair-rows.ts');
    return told(await repairRows({ connection, clock, run, copy }));
  });
}

function tell(
  repaired: Outcome<RepairedCopy>,
  { folder, run, copy }: { folder: string; run: string; copy: string },
  environment: Environment,
): number {
  if (!repaired.ok) return complain(environment, repaired.failure.message);
  const { events, damagedEvent } = repaired.value;
  const damage =
    damagedEvent === null
      ? 'nothing was damaged'
      : `${isPostgresAddress(folder) ? `event ${damagedEvent}` : `line ${damagedEvent + 1}`} and all after it were left out`;
  for (const line of [
    `Copied ${events} events of ${run} to ${copy}: ${damage}. ${run} is as it was.`,
    `Go on with: parley resume ${shownRun(folder, copy)}`,
  ])
    environment.stdout.write(`${sanitizeLine(line)}\n`);
  return exitCode.done;
}
