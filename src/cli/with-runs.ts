import type { Pool } from 'pg';
import { fold } from '../debate/debate.ts';
import { ServerError, serverError } from '../journal/postgres/server-error.ts';
import { findRun, type RunPlace } from '../run/catalogue/find-run.ts';
import { connectToRuns, openRuns, type Runs, readRun } from '../run/catalogue/open-runs.ts';
import { passesFilter, type RunFilter, type RunSummary } from '../run/catalogue/run-summary.ts';
import type { ListedRun } from '../run/catalogue/stored-run.ts';
import { CommandError, complain, need } from './complain.ts';
import type { Environment } from './environment.ts';

/** Opens runs, wherever they are, for a command. */
export async function withRuns<Result>(
  transcripts: string,
  work: (runs: Runs) => Promise<Result>,
): Promise<Result> {
  const runs = need(await openRuns(transcripts));
  return closingAfter(runs.close, () => work(runs));
}

/** Opens the store of the run that a person named. */
export async function withRun<Result>(
  given: string,
  transcripts: string,
  work: (run: RunPlace & Pick<Runs, 'store'>) => Promise<Result>,
): Promise<Result> {
  const place = need(await findRun(given, transcripts));
  return withRuns(place.folder, ({ store }) => work({ ...place, store }));
}

/** Reads the debate of the run that a person named; `purpose` is what cannot be done with an empty one. */
export async function readDebate(given: string, transcripts: string, purpose: string) {
  const { folder, name } = need(await findRun(given, transcripts));
  const { events } = need(await readRun(folder, name));
  const debate = fold(events);
  if (!debate) throw new CommandError(`${name} holds no event yet: there is nothing to ${purpose}.`);
  return { folder, name, events, debate };
}

/** The names of the runs that a person named. */
export async function namesOf(given: readonly string[], transcripts: string): Promise<string[]> {
  const names: string[] = [];
  for (const run of given) names.push(need(await findRun(run, transcripts)).name);
  return names;
}

/** Opens a database that has parley's tables, for a command. */
export async function withDatabase(address: string, work: (connection: Pool) => Promise<number>) {
  const pool = need(await connectToRuns(address));
  return closingAfter(
    () => pool.end(),
    () => work(pool),
  );
}

/** A database may fail at any time: that ends the command with its message. `place` names it for errors that do not. */
export async function closingAfter<Result>(
  close: () => Promise<void>,
  work: () => Promise<Result>,
  place: string | null = null,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const known = place === null ? error : serverError(error, place);
    throw known instanceof ServerError ? new CommandError(known.message) : error;
  } finally {
    await close();
  }
}

export interface PassingRun {
  run: string;
  arms: readonly string[];
  summary: RunSummary;
}

/** Runs that pass the filter, as they are found; ends early once stdout is closed. Unreadable runs are reported on stderr. */
export async function* passingRuns(
  listed: AsyncIterable<ListedRun>,
  filter: RunFilter,
  environment: Environment,
): AsyncGenerator<PassingRun> {
  let isRead = true;
  environment.stdout.once('error', () => {
    isRead = false;
  });
  for await (const found of listed) {
    if (!isRead) return;
    if (!found.ok) complain(environment, found.failure);
    else if (found.summary && passesFilter(found.summary, found.arms, filter)) {
      yield { run: found.run, arms: found.arms, summary: found.summary };
    }
  }
}
