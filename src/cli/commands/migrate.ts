import { version } from '../../run/version.ts';
import { defineCommand } from '../command.ts';
import { need } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley migrate`: makes the tables that debates, plans and workers need, or brings them up to date. */
export const command = defineCommand({
  description:
    "Create or update parley's tables in a database. Stored data is kept. batch --on does this automatically.",
  argument: { help: 'postgres://USER@HOST/DATABASE, with a role that may create tables' },
  options: {},
  async action({ args: [address = ''] }, environment) {
    const { prepareDatabase } = await import('../../batch/workers/plan-database.ts');
    const place = need(await prepareDatabase(address));
    environment.stdout.write(`${place} is ready for parley ${version}.\n`);
    return exitCode.done;
  },
});
