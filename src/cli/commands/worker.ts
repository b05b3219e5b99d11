import { ServerError, serverError } from '../../journal/postgres/server-error.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import { workerOptions } from '../batch-options.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { legacyCommand } from '../legacy-command.ts';
import { progressOptions } from '../shared-options.ts';
import { connectDatabase, connectQueue } from '../workers/connect.ts';
import { work } from '../workers/work.ts';
import { readWorkerOptions } from '../workers/worker-options.ts';

/** Connections a worker may open; its debates take turns with them. */
const connections = 10;

/** `parley worker ADDRESS`: holds debates of submitted plans, beside any number of others. */
export const worker = legacyCommand(
  {
    description:
      'Run debates of the plans in a database, beside any number of other workers. Plans, prompts and articles come from there; model keys are taken from here and never stored.',
    argument: { help: 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD' },
    options: { ...workerOptions, ...progressOptions },
  },
  perform,
);

async function perform(
  given: string | undefined,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment, tracingVariables);
  const options = readWorkerOptions(raw);
  if (!options.ok) return complain(environment, options.failure.message);
  const database = await connectDatabase(given ?? '', { max: connections, prepares: false });
  if (!database.ok) return complain(environment, database.failure.message);
  const { place, close } = database.value;
  try {
    const queue = await connectQueue(database.value, {
      ...{ heartbeatMs: options.value.lease * 1000, prepares: false, supervises: true },
      // The queue's own care for lost jobs goes on at its next turn; what matters here is asked again.
      onError: () => {},
    });
    if (!queue.ok) return complain(environment, queue.failure.message);
    try {
      return await work(database.value, queue.value, options.value, environment);
    } finally {
      await queue.value.close();
    }
  } catch (error) {
    const known = serverError(error, place);
    if (known instanceof ServerError) return complain(environment, known.message);
    throw error;
  } finally {
    await close();
  }
}
