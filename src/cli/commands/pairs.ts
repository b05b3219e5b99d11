import type { PairsExplained } from '../../dataset/pairs/explain-pairs.ts';
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
      printResult(environment, options, explained, () => inWords(explained));
      return exitCode.done;
    });
  },
});

function inWords({ debates, forks, families, leftOut, rules }: PairsExplained): string[] {
  const lines = [
    `${debates} debates, ${forks} of them forks: ${families} families that share everything before one turn.`,
    ...leftOut.map(({ count, what }) => `  left out: ${count} ${what}`),
  ];
  if (families === 0) {
    lines.push('A pair is two speeches after one prompt. Make some: parley fork RUN --turn N -n 4');
    return lines;
  }
  for (const { rule, what, leastMargin, pairs: count, samePrompt, without } of rules) {
    const apart = samePrompt < count ? `, ${count - samePrompt} of them after prompts of their own` : '';
    lines.push(`${rule}: ${count} pairs${apart} (${what}; at least ${leastMargin} apart)`);
    for (const one of without) lines.push(`  none: ${one.count} ${one.what}`);
  }
  if (rules.every(({ pairs: count }) => count === 0)) {
    lines.push('More forks at a turn give more to choose from: parley fork RUN --turn N -n 4');
  }
  return lines;
}
