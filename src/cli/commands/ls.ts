import { resolve } from 'node:path';
import { isPostgresAddress, shownAddress } from '../../journal/postgres/address.ts';
import { counted, decimal, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand, flag, type OptionValues } from '../command.ts';
import { say } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { filterOptions, sourceOptions } from '../shared-options.ts';
import type { PassingRun } from '../with-runs.ts';

const listOptions = { json: flag('--json', 'print as JSON'), ...filterOptions, ...sourceOptions };

/** `parley ls`: the stored runs, one a line, as they are found. */
export const command = defineCommand({
  options: listOptions,
  async action({ options }, environment) {
    const { keepList } = await import('../../run/catalogue/find-run.ts');
    const { passingRuns, withRuns } = await import('../with-runs.ts');
    return withRuns(options.transcripts, async ({ listed }) => {
      const { stdout } = environment;
      const shown: string[] = [];
      for await (const found of passingRuns(listed(), options, environment)) {
        const { run, arms, summary } = found;
        shown.push(run);
        // Numbers are for a person, who may name a run by one; a program reads columns.
        const number = stdout.isTTY === true ? `#${shown.length}`.padEnd(5) : '';
        const line = options.json ? escapedJson({ run, arms, ...summary }) : `${number}${row(found)}`;
        stdout.write(`${line}\n`);
      }
      if (shown.length > 0) await keepList(options.transcripts, shown);
      else say(environment, whereItLooked(options));
      return exitCode.done;
    });
  },
});

function whereItLooked({ transcripts, ...options }: OptionValues<typeof listOptions>): string {
  const place = isPostgresAddress(transcripts) ? shownAddress(transcripts) : resolve(transcripts);
  const isFiltered = Object.keys(filterOptions).some(
    (name) => options[name as keyof typeof filterOptions] !== null,
  );
  return isFiltered
    ? `No run in ${place} matches these filters. List all with: parley ls`
    : `There is no run in ${place}. Start one with parley run, or list another place with --transcripts PLACE.`;
}

function row({ run, arms, summary }: PassingRun): string {
  const { ending, rounds, convergence, costUsd, unpricedCalls, strategy, models, control, people } = summary;
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
    [people ? 'with people' : '', 0],
  ];
  // Names come from files; the columns must survive whatever is in them.
  return cells
    .map(([text, width]) => sanitizeLine(text).padEnd(width))
    .join('  ')
    .trimEnd();
}
