import type { RunSummary } from '../run/catalogue/run-summary.ts';
import { passesFilter, type RunFilter } from '../run/catalogue/run-summary.ts';
import type { ListedRun } from '../run/catalogue/stored-run.ts';
import { complain } from './complain.ts';
import type { Environment } from './environment.ts';

export interface PassingRun {
  run: string;
  arms: readonly string[];
  summary: RunSummary;
}

/** Those of the runs that pass, as they are found; ends early once nobody reads stdout. Runs that cannot be read are reported on stderr. */
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
