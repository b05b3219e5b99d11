import type { PullResult } from '../../run/catalogue/pull-runs.ts';
import { counted } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand } from '../command.ts';
import { complain } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { storeOptions } from '../shared-options.ts';

/** `parley pull`: copies the runs of a database to files; those that are there already are passed over. */
export const pull = defineCommand({
  description:
    'Copy runs from a database to a folder, each completely or not at all. Runs that have continued since are copied again.',
  argument: { help: 'postgres://USER@HOST/DATABASE; the password can be set in PGPASSWORD' },
  options: storeOptions,
  async action({ args: [address = ''], options: { transcripts: directory } }, environment) {
    const { isPostgresAddress, noAddress } = await import('../../journal/postgres/address.ts');
    const { pullRuns } = await import('../../run/catalogue/pull-runs.ts');
    const { openPullSource } = await import('../../journal/postgres/pull-run.ts');
    const { systemClock } = await import('../../run/system-clock.ts');
    const { createProgressLine } = await import('../progress-line.ts');
    const { listenForSignals } = await import('../signals.ts');
    const { withDatabase } = await import('../with-runs.ts');
    if (!isPostgresAddress(address)) return complain(environment, noAddress(address));
    const { stdout } = environment;
    return withDatabase(address, environment, async (connection) => {
      const line = createProgressLine(environment.stderr, systemClock);
      const say = (message: string) => {
        line.clear();
        complain(environment, message);
      };
      const stopped = new AbortController();
      const interruption = listenForSignals(
        () => stopped.abort(),
        (code) => process.exit(code),
      );
      const onAway = (message: string) => say(`${message} Waiting for it.`);
      const source = openPullSource({ connection, clock: systemClock, onAway });
      const pulled = await pullRuns({
        ...{ source, directory, signal: stopped.signal, onFailure: say },
        onLooked: (looked, runs) => line.show('runs looked at', looked, runs),
      }).finally(() => {
        line.clear();
        interruption.dispose();
      });
      for (const words of resultInWords(pulled, source.place, directory)) {
        stdout.write(`${sanitizeLine(words)}\n`);
      }
      if (interruption.code !== null) {
        const { looked, runs } = pulled;
        stdout.write(`Stopped after ${looked} of ${counted(runs, 'run')}; the same command continues.\n`);
        return interruption.code;
      }
      return pulled.counts.failed === 0 ? exitCode.done : exitCode.failed;
    });
  },
});

function resultInWords({ counts, runs, swept }: PullResult, place: string, directory: string): string[] {
  const { copied, renewed, same, empty, failed } = counts;
  const parts = [
    `${copied} copied`,
    ...(renewed > 0 ? [`${renewed} copied again because they had continued`] : []),
    ...(same > 0 ? [`${same} there already`] : []),
    ...(empty > 0 ? [`${empty} not begun`] : []),
    ...(failed > 0 ? [`${failed} not copied`] : []),
  ];
  return [
    runs === 0 ? `${place} holds no run yet.` : `Runs of ${place} in ${directory}: ${parts.join(', ')}.`,
    ...(swept > 0
      ? [`Removed ${swept} half-made ${swept === 1 ? 'copy' : 'copies'} that a killed process had left.`]
      : []),
  ];
}
