import { workerOptions } from '../batch-options.ts';
import { defineCommand } from '../command.ts';
import { complain } from '../complain.ts';
import { progressOptions } from '../shared-options.ts';

/** Connections a worker may open; its debates take turns with them. */
const connections = 10;

/** `parley worker`: runs debates of submitted plans, beside any number of others. */
export const command = defineCommand({
  description:
    'Run debates of the plans in a database, alongside any number of other workers. Plans, prompts and articles come from there; model keys are taken from here and never stored.',
  argument: { help: 'postgres://USER@HOST/DATABASE; the password can be set in PGPASSWORD' },
  options: { ...workerOptions, ...progressOptions },
  async action({ args: [address = ''], options }, environment) {
    const { connectDatabase, connectQueue } = await import('../../batch/workers/plan-database.ts');
    const { ServerError, serverError } = await import('../../journal/postgres/server-error.ts');
    const { workReported } = await import('../workers/reported-worker.ts');
    const database = await connectDatabase(address, { max: connections, prepares: false });
    if (!database.ok) return complain(environment, database.failure);
    const { place, close } = database.value;
    try {
      const queue = await connectQueue(database.value, { type: 'worker', leaseMs: options.lease * 1000 });
      if (!queue.ok) return complain(environment, queue.failure);
      try {
        return await workReported(database.value, queue.value, options, environment);
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
  },
});
