import { defineCommand, flag } from '../command.ts';
import { complain } from '../complain.ts';
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
    const { ServerError, serverError } = await import('../../journal/postgres/server-error.ts');
    const { escapedJson } = await import('../../text/json-in-text.ts');
    const { indented } = await import('../complain.ts');
    const { watchStatus } = await import('../workers/watch-status.ts');
    const { statusInWords } = await import('../workers/worker-words.ts');
    const database = await connectDatabase(address, { max: 1, prepares: false });
    if (!database.ok) return complain(environment, database.failure);
    const { pool, place, close } = database.value;
    const { stdout } = environment;
    try {
      if (options.watch) return await watchStatus({ pool, place }, options, environment);
      const found = await readStatus(pool);
      if (options.json) stdout.write(`${escapedJson({ place, ...found })}\n`);
      else for (const line of statusInWords(place, found)) stdout.write(`${indented(line)}\n`);
      return exitCode.done;
    } catch (error) {
      const known = serverError(error, place);
      if (known instanceof ServerError) return complain(environment, known.message);
      throw error;
    } finally {
      await close();
    }
  },
});
