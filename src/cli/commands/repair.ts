import { repairCopy } from '../../journal/repair-copy.ts';
import { systemClock } from '../../run/system-clock.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { placeOfRun } from '../run-place.ts';

/** `parley repair`: copies a damaged run up to its last whole event; the damaged one stays as it is. */
export async function repair(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const { folder, name } = placeOfRun(given ?? '', String(options['transcripts']));
  const copy = typeof options['as'] === 'string' ? options['as'] : `${name}-repaired`;
  const repaired = await repairCopy({ directory: folder, clock: systemClock, run: name, copy });
  if (!repaired.ok) return complain(environment, repaired.failure.message);
  const { events, damagedLine } = repaired.value;
  const damage =
    damagedLine === null ? 'nothing was damaged' : `line ${damagedLine} and all after it were left out`;
  environment.stdout.write(
    `Copied ${events} events of ${name} to ${copy}: ${damage}. ${name} is as it was.\nGo on with: parley resume ${copy}\n`,
  );
  return exitCode.done;
}
