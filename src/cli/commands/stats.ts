import type { Runs } from '../../run/catalogue/open-runs.ts';
import type { RunFilter } from '../../run/catalogue/run-filter.ts';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import { createTotals, type RunTotals } from '../../run/catalogue/run-totals.ts';
import { count, counted, decimal, dollars } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { flag } from '../command.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { passingRuns, readFilter } from '../many/runs.ts';
import { filterOptions, sourceOptions } from '../shared-options.ts';
import { withRuns } from '../with-runs.ts';

/** `parley stats`: the stored runs counted by scenario, strategy, models and control, and in all. */
export const stats = legacyCommand(
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
  return withRuns(String(options['transcripts']), environment, (runs) =>
    tellTotals(runs, filter.value, options, environment),
  );
}

async function tellTotals(
  { listed }: Runs,
  filter: RunFilter,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const all = createTotals();
  const groups = new Map<string, { kind: Kind; sum: ReturnType<typeof createTotals> }>();
  for await (const { summary } of passingRuns(listed(), filter, environment)) {
    const kind = kindOf(summary);
    const key = Object.values(kind).join('\n');
    const group = groups.get(key) ?? { kind, sum: createTotals() };
    groups.set(key, group);
    group.sum.add(summary);
    all.add(summary);
  }
  const { stdout } = environment;
  const sorted = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
  if (options['json']) {
    const rows = sorted.map(({ kind, sum }) => ({ ...kind, ...sum.totals() }));
    stdout.write(`${escapedJson({ groups: rows, all: all.totals() })}\n`);
    return exitCode.done;
  }
  for (const { kind, sum } of sorted) stdout.write(`${described(nameOf(kind), sum.totals())}\n`);
  stdout.write(`${described('All', all.totals())}\n`);
  return exitCode.done;
}

type Kind = ReturnType<typeof kindOf>;

/** What runs that are counted together have in common. */
function kindOf({ scenario, strategy, models, control = null }: RunSummary) {
  return { scenario, strategy, models: models.join(' '), control };
}

function nameOf({ scenario, strategy, models, control }: Kind): string {
  return [scenario, strategy, models, ...(control === null ? [] : [`control ${control}`])].join(', ');
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
  return sanitizeLine(`${name}: ${facts.join('; ')}`);
}
