import { decimal, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { flag } from '../command.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { type PassingRun, passingRuns, readFilter } from '../many/runs.ts';
import { filterOptions, sourceOptions } from '../shared-options.ts';
import { withRuns } from '../with-runs.ts';

/** `parley ls`: the stored runs, one a line, as they are found. */
export const ls = legacyCommand(
  {
    options: { json: flag('--json', 'as JSON'), ...filterOptions, ...sourceOptions },
  },
  work,
);

async function work(
  _argument: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const filter = readFilter(options);
  if (!filter.ok) return complain(environment, filter.failure.message);
  const { stdout } = environment;
  return withRuns(String(options['transcripts']), environment, async ({ listed }) => {
    for await (const found of passingRuns(listed(), filter.value, environment)) {
      const line = options['json']
        ? escapedJson({ run: found.run, arms: found.arms, ...found.summary })
        : row(found);
      stdout.write(`${line}\n`);
    }
    return exitCode.done;
  });
}

function row({ run, arms, summary }: PassingRun): string {
  const { ending, rounds, convergence, costUsd, unpricedCalls, strategy, models, control } = summary;
  const strategyAndArms = arms.length === 0 ? strategy : `${strategy} (${arms.join(', ')})`;
  const cells: [text: string, width: number][] = [
    [run, 56],
    [ending ?? 'unfinished', 11],
    [`${rounds} round${rounds === 1 ? '' : 's'}`, 9],
    [`C ${decimal(convergence)}`, 6],
    [unpricedCalls > 0 ? 'price ?' : dollars(costUsd), 7],
    [strategyAndArms, 24],
    [models.join(' '), 20],
    [control ? `control ${control}` : '', 0],
  ];
  // Names come from files; the columns must survive whatever is in them.
  return cells
    .map(([text, width]) => sanitizeLine(text).padEnd(width))
    .join('  ')
    .trimEnd();
}
