import { version } from '../../run/version.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { connectDatabase, connectQueue } from '../workers/connect.ts';

/** `parley migrate ADDRESS`: makes the tables that debates, plans and workers need, or brings them up to date. */
export const migrate = legacyCommand(
  {
    description:
      'Create the tables of parley in a database, or update them; what is stored stays. batch --on does so by itself.',
    argument: { help: 'postgres://USER@HOST/DATABASE, as a role that may create tables' },
    options: {},
  },
  work,
);

async function work(
  given: string | undefined,
  _options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const database = await connectDatabase(given ?? '', { max: 2, prepares: true });
  if (!database.ok) return complain(environment, database.failure.message);
  try {
    const queue = await connectQueue(database.value, {
      ...{ heartbeatMs: 30_000, prepares: true, supervises: false },
      onError: () => {},
    });
    if (!queue.ok) return complain(environment, queue.failure.message);
    await queue.value.close();
    environment.stdout.write(`${database.value.place} is ready for parley ${version}.\n`);
    return exitCode.done;
  } finally {
    await database.value.close();
  }
}
