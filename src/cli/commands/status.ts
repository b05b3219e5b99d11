import { defineCommand, flag } from '../command.ts';
import { need, printResult } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { progressOptions } from '../shared-options.ts';

/** `parley status`: how far every submitted plan is, and who works on it. */
export const command = defineCommand({
  description:
    'Show the progress and cost of the plans in a database, the workers on them, and the debates that were set aside and why.',
  argument: { help: 'postgres://USER@HOST/DATABASE; the password can be set in PGPASSWORD' },
  options: {
    watch: flag(
      '--watch',
      'keep watching until nothing is left to run; exits with 3 if some debates are not done',
    ),
    json: flag('--json', 'print one line of JSON; with --watch, one per change'),
    ...progressOptions,
  },
  async action({ args: [address = ''], options }, environment) {
    const { connectDatabase } = await import('../../batch/workers/plan-database.ts');
    const { readStatus } = await import('../../batch/workers/plan-status.ts');
    const { closingAfter } = await import('../with-runs.ts');
    const { watchStatus } = await import('../workers/watch-status.ts');
    const { statusInWords } = await import('../workers/worker-words.ts');
    const { pool, place, close } = need(await connectDatabase(address, { max: 1, prepares: false }));
    const show = async () => {
      if (options.watch) return watchStatus({ pool, place }, options, environment);
      const found = await readStatus(pool);
      printResult(environment, options, { place, ...found }, () => statusInWords(place, found));
      return exitCode.done;
    };
    return closingAfter(close, show, place);
  },
});
