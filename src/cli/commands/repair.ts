import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { defineCommand, option } from '../command.ts';
import { need, print } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { text } from '../option-values.ts';
import { runHelp, sourceOptions } from '../shared-options.ts';

/** `parley repair`: copies a damaged run up to its last whole event; the damaged one stays as it is. */
export const command = defineCommand({
  argument: { help: runHelp },
  options: { as: option('--as <name>', 'name of the copy; RUN-repaired by default', text), ...sourceOptions },
  async action({ args: [given = ''], options }, environment) {
    const { findRun, shownRun } = await import('../../run/catalogue/find-run.ts');
    const { repairRun } = await import('../../run/catalogue/open-runs.ts');
    const { folder, name: run } = need(await findRun(given, options.transcripts));
    const copy = options.as ?? `${run}-repaired`;
    const { events, damagedEvent } = need(await repairRun({ place: folder, run, copy }));
    const damaged = isPostgresAddress(folder) ? `event ${damagedEvent}` : `line ${(damagedEvent ?? 0) + 1}`;
    const damage =
      damagedEvent === null ? 'nothing was damaged' : `${damaged} and all after it were left out`;
    print(environment, [
      `Copied ${events} events of ${run} to ${copy}: ${damage}. ${run} is unchanged.`,
      `Continue with: parley resume ${shownRun(folder, copy)}`,
    ]);
    return exitCode.done;
  },
});
