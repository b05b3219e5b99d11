import { readStatus } from '../../batch/workers/plan-status.ts';
import { ServerError, serverError } from '../../journal/postgres/server-error.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { flag } from '../command.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { indented } from '../indented.ts';
import { legacyCommand } from '../legacy-command.ts';
import { progressOptions } from '../shared-options.ts';
import { connectDatabase } from '../workers/connect.ts';
import { watchStatus } from '../workers/watch-status.ts';
import { statusInWords } from '../workers/worker-words.ts';

/** `parley status ADDRESS`: how far every submitted plan is, and who works on it. */
export const status = legacyCommand(
  {
    description:
      'Show how far the plans in a database are, what they cost so far, who works on them, and which debates were set aside and why.',
    argument: { help: 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD' },
    options: {
      watch: flag('--watch', 'look again until nothing is left to run; exits with 3 where not all is done'),
      json: flag('--json', 'as one line of JSON; with --watch one at every change'),
      ...progressOptions,
    },
  },
  work,
);

async function work(
  given: string | undefined,
  raw: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const database = await connectDatabase(given ?? '', { max: 1, prepares: false });
  if (!database.ok) return complain(environment, database.failure.message);
  const { pool, place, close } = database.value;
  try {
    if (raw['watch'] === true) return await watchStatus({ pool, place }, raw, environment);
    const found = await readStatus(pool);
    if (raw['json'] === true) environment.stdout.write(`${escapedJson({ place, ...found })}\n`);
    else for (const line of statusInWords(place, found)) environment.stdout.write(`${indented(line)}\n`);
    return exitCode.done;
  } catch (error) {
    const known = serverError(error, place);
    if (known instanceof ServerError) return complain(environment, known.message);
    throw error;
  } finally {
    await close();
  }
}
