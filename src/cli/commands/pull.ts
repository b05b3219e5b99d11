import type { PullResult } from '../../run/catalogue/pull-runs.ts';
import { counted } from '../../text/figures.ts';
import { defineCommand } from '../command.ts';
import { complain, print } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { storeOptions } from '../shared-options.ts';

/** `parley pull`: copies the runs of a database to files; those that are there already are passed over. */
export const command = defineCommand({
  description:
    'Copy runs from a database to a folder, each completely or not at all. Runs that have continued since are copied again.',
  argument: { help: 'postgres://USER@HOST/DATABASE; the password can be set in PGPASSWORD' },
  options: storeOptions,
  async action({ args: [address = ''], options: { transcripts: directory } }, environment) {
    const { isPostgresAddress, noAddress, shownAddress } = await import('../../journal/postgres/address.ts');
    const { pullRuns } = await import('../../run/catalogue/pull-runs.ts');
    const { openPullSource } = await import('../../journal/postgres/pull-run.ts');
    const { systemClock: clock } = await import('../../run/system-clock.ts');
    const { withProgressLine } = await import('../progress-line.ts');
    const { withDatabase } = await import('../with-runs.ts');
    if (!isPostgresAddress(address)) return complain(environment, noAddress(address));
    return withDatabase(address, async (connection) => {
      const { result: pulled, code } = await withProgressLine(environment, (line, signal) => {
        const onFailure = (message: string) => {
          line.clear();
          complain(environment, message);
        };
        const onAway = (message: string) => onFailure(`${message} Waiting for it.`);
        const source = openPullSource({ connection, clock, onAway });
        const onLooked = (looked: number, runs: number) => line.show('runs looked at', looked, runs);
        return pullRuns({ source, directory, signal, onFailure, onLooked });
      });
      const { looked, runs, counts } = pulled;
      print(environment, [
        ...resultInWords(pulled, shownAddress(address), directory),
        ...(code === null
          ? []
          : [`Stopped after ${looked} of ${counted(runs, 'run')}; the same command continues.`]),
      ]);
      return code ?? (counts.failed === 0 ? exitCode.done : exitCode.failed);
    });
  },
});

function resultInWords({ counts, runs, swept }: PullResult, place: string, directory: string): string[] {
  const { copied, renewed, same, empty, failed } = counts;
  const parts = [
    `${copied} copied`,
    ...(renewed > 0 ? [`${renewed} copied again because they had continued`] : []),
    ...(same > 0 ? [`${same} already there`] : []),
    ...(empty > 0 ? [`${empty} not started`] : []),
    ...(failed > 0 ? [`${failed} not copied`] : []),
  ];
  return [
    runs === 0 ? `${place} holds no run yet.` : `Runs of ${place} in ${directory}: ${parts.join(', ')}.`,
    ...(swept > 0
      ? [`Removed ${swept} half-made ${swept === 1 ? 'copy' : 'copies'} that a killed process had left.`]
      : []),
  ];
}
