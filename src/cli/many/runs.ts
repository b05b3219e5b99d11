import { z } from 'zod';
import { endReasonSchema } from '../../debate/events.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { controlSchema } from '../../debate/setup.ts';
import type { ListedRun } from '../../run/catalogue/all-runs.ts';
import { passesFilter, type RunFilter } from '../../run/catalogue/run-filter.ts';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { checkOptions } from '../settings.ts';

const share = z
  .string()
  .regex(/^\d*\.?\d+$/, 'must be a number from 0 to 1')
  .transform(Number)
  .pipe(z.number().max(1, 'must be a number from 0 to 1'))
  .optional();
const text = z.string().optional();

const schema = z.object({
  arm: text,
  model: text,
  ending: text,
  control: text,
  scenario: text,
  strategy: text,
  minConvergence: share,
  maxConvergence: share,
});

const endings: readonly string[] = [...endReasonSchema.options, 'unfinished'];
const controls: readonly string[] = [...controlSchema.options, 'any', 'none'];

export function readFilter(options: Record<string, unknown>): Outcome<RunFilter> {
  const read = checkOptions(schema, options);
  if (!read.ok) return read;
  const { arm, model, ending, control, scenario, strategy, minConvergence, maxConvergence } = read.value;
  if (ending !== undefined && !endings.includes(ending)) {
    return failure('bad-option', `--ending ${ending} is none. Endings: ${endings.join(', ')}.`);
  }
  if (control !== undefined && !controls.includes(control)) {
    return failure('bad-option', `--control ${control} is none. Controls: ${controls.join(', ')}.`);
  }
  return success({
    arm: arm ?? null,
    model: model ?? null,
    ending: ending ?? null,
    control: control ?? null,
    scenario: scenario ?? null,
    strategy: strategy ?? null,
    minConvergence: minConvergence ?? null,
    maxConvergence: maxConvergence ?? null,
  });
}

export interface PassingRun {
  run: string;
  arms: readonly string[];
  summary: RunSummary;
}

/** Those of the runs that pass, as they are found; ends early once nobody reads stdout. Runs that cannot be read are told on stderr. */
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
    if (!found.ok) complain(environment, found.failure.message);
    else if (found.summary && passesFilter(found.summary, found.arms, filter)) {
      yield { run: found.run, arms: found.arms, summary: found.summary };
    }
  }
}
