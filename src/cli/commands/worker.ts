import { workerOptions } from '../batch-options.ts';
import { defineCommand } from '../command.ts';
import { need } from '../complain.ts';
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
    const { closingAfter } = await import('../with-runs.ts');
    const { workReported } = await import('../workers/reported-worker.ts');
    const database = need(await connectDatabase(address, { max: connections, prepares: false }));
    const work = async () => {
      const queue = need(await connectQueue(database, { type: 'worker', leaseMs: options.lease * 1000 }));
      return closingAfter(queue.close, () => workReported(database, queue, options, environment));
    };
    return closingAfter(database.close, work, database.place);
  },
});
