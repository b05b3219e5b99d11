import type { RunSummary, RunTotals } from '../../run/catalogue/run-summary.ts';
import { count, counted, decimal, dollars } from '../../text/figures.ts';
import { defineCommand, flag } from '../command.ts';
import { printResult } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';
import { filterOptions, sourceOptions } from '../shared-options.ts';

/** `parley stats`: the stored runs counted by scenario, strategy, models and control, and in all. */
export const command = defineCommand({
  options: { json: flag('--json', 'print as JSON'), ...filterOptions, ...sourceOptions },
  async action({ options }, environment) {
    const { createTotals } = await import('../../run/catalogue/run-summary.ts');
    const { passingRuns, withRuns } = await import('../with-runs.ts');
    return withRuns(options.transcripts, async ({ listed }) => {
      const all = createTotals();
      const groups = new Map<string, { kind: Kind; sum: ReturnType<typeof createTotals> }>();
      for await (const { summary } of passingRuns(listed(), options, environment)) {
        const kind = kindOf(summary);
        const key = Object.values(kind).join('\n');
        const group = groups.get(key) ?? { kind, sum: createTotals() };
        groups.set(key, group);
        group.sum.add(summary);
        all.add(summary);
      }
      const sorted = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
      const found = {
        groups: sorted.map(({ kind, sum }) => ({ ...kind, ...sum.totals() })),
        all: all.totals(),
      };
      printResult(environment, options, found, () => [
        ...found.groups.map((group) => described(nameOf(group), group)),
        described('All', found.all),
      ]);
      return exitCode.done;
    });
  },
});

type Kind = ReturnType<typeof kindOf>;

/** What runs that are counted together have in common. */
function kindOf({ scenario, strategy, models, control = null, people }: RunSummary) {
  return { scenario, strategy, models: models.join(' '), control, people: people === true };
}

function nameOf({ scenario, strategy, models, control, people }: Kind): string {
  const marks = [...(control === null ? [] : [`control ${control}`]), ...(people ? ['with people'] : [])];
  return [scenario, strategy, models, ...marks].join(', ');
}

function described(name: string, totals: RunTotals): string {
  const { runs, endings, meanConvergence, turns, calls, inputTokens, outputTokens, costUsd, unpricedCalls } =
    totals;
  const ended = Object.entries(endings)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, number]) => `${number} ${reason}`);
  const facts = [
    counted(runs, 'run'),
    ...(ended.length > 0 ? [ended.join(', ')] : []),
    `mean C ${decimal(meanConvergence)}`,
    `${count(turns)} turns`,
    `${count(calls)} calls`,
    `${count(inputTokens)} tokens in, ${count(outputTokens)} out`,
    `${dollars(costUsd)}${unpricedCalls > 0 ? ` and ${unpricedCalls} calls without a price` : ''}`,
  ];
  return `${name}: ${facts.join('; ')}`;
}
