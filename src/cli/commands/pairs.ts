import type { PairsExplained } from '../../dataset/pairs/explain-pairs.ts';
import { counted } from '../../text/figures.ts';
import { defineCommand, flag, option, repeatable } from '../command.ts';
import { printResult } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { decimal, text } from '../option-values.ts';
import { sourceOptions } from '../shared-options.ts';

/** `parley pairs`: what stored forks give in preference pairs, by each rule, and why others give none. */
export const command = defineCommand({
  description:
    'Count the preference pairs that stored forks yield under each ranking rule, and say why the others yield none. Writes nothing.',
  options: {
    run: repeatable('--run <name>', 'only this run; repeatable', text),
    minMargin: option(
      '--min-margin <n>',
      'minimum difference for a pair, instead of each rule’s own',
      decimal,
    ),
    includeSimulated: flag('--include-simulated', 'include runs of the built-in simulator'),
    includeUnfinished: flag('--include-unfinished', 'include debates that stopped or failed'),
    json: flag('--json', 'print the figures as JSON'),
    ...sourceOptions,
  },
  async action({ options }, environment) {
    const { explainPairs } = await import('../../dataset/pairs/explain-pairs.ts');
    const { defaultFilters } = await import('../../dataset/filters.ts');
    const { withRuns } = await import('../with-runs.ts');
    const { includeSimulated, includeUnfinished } = options;
    return withRuns(options.transcripts, async ({ store }) => {
      const filters = { ...defaultFilters, includeSimulated, includeUnfinished };
      const runs = options.run.length === 0 ? null : options.run;
      const explained = await explainPairs(store, runs, filters, options.minMargin);
      printResult(environment, options, explained, () =>
        inWords(
          explained,
          `${includeSimulated ? ' --include-simulated' : ''}${includeUnfinished ? ' --include-unfinished' : ''}`,
        ),
      );
      return exitCode.done;
    });
  },
});

/** Options that keep what is left out. */
const optionFor: Partial<Record<string, string>> = {
  simulated: '--include-simulated',
  unfinished: '--include-unfinished',
};

function inWords({ debates, forks, families, leftOut, rules }: PairsExplained, options: string): string[] {
  const lines = [
    `${counted(debates, 'debate')}, ${forks === 0 ? 'no fork' : counted(forks, 'fork')} among them: ${counted(families, 'family', 'families')} with the same turns up to one.`,
    ...leftOut.map(
      ({ reason, count, what }) =>
        `  left out: ${count} ${what}${optionFor[reason] ? ` (${optionFor[reason]})` : ''}`,
    ),
  ];
  if (families === 0) {
    lines.push('A pair is two speeches after one prompt. Make some: parley fork RUN --turn N -n 4');
    return lines;
  }
  // Of debates that are left out no rule says anything.
  if (leftOut.reduce((sum, { count }) => sum + count, 0) >= debates) return lines;
  for (const { rule, what, leastMargin, pairs: count, samePrompt, without } of rules) {
    const apart = samePrompt < count ? `, ${count - samePrompt} of them after prompts of their own` : '';
    lines.push(`${rule}: ${counted(count, 'pair')}${apart} (${what}; at least ${leastMargin} apart)`);
    for (const one of without) lines.push(`  none: ${one.count} ${one.what}`);
  }
  const [best] = [...rules].sort((one, other) => other.pairs - one.pairs);
  lines.push(
    best && best.pairs > 0
      ? `Write them with: parley export FOLDER --format dpo --rank-by ${best.rule}${options}`
      : 'More forks at a turn give more to choose from: parley fork RUN --turn N -n 4',
  );
  return lines;
}
