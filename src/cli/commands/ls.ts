import { counted, decimal, dollars } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand, flag } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import type { PassingRun } from '../passing-runs.ts';
import { filterOptions, sourceOptions } from '../shared-options.ts';

/** `parley ls`: the stored runs, one a line, as they are found. */
export const ls = defineCommand({
  options: { json: flag('--json', 'as JSON'), ...filterOptions, ...sourceOptions },
  async action({ options }, environment) {
    const { escapedJson } = await import('../../text/json-in-text.ts');
    const { passingRuns } = await import('../passing-runs.ts');
    const { withRuns } = await import('../with-runs.ts');
    return withRuns(options.transcripts, environment, async ({ listed }) => {
      for await (const found of passingRuns(listed(), options, environment)) {
        const { run, arms, summary } = found;
        const line = options.json ? escapedJson({ run, arms, ...summary }) : row(found);
        environment.stdout.write(`${line}\n`);
      }
      return exitCode.done;
    });
  },
});

function row({ run, arms, summary }: PassingRun): string {
  const { ending, rounds, convergence, costUsd, unpricedCalls, strategy, models, control } = summary;
  const strategyAndArms = arms.length === 0 ? strategy : `${strategy} (${arms.join(', ')})`;
  const cells: [text: string, width: number][] = [
    [run, 56],
    [ending ?? 'unfinished', 11],
    [counted(rounds, 'round'), 9],
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
