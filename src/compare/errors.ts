import type { ComparisonAims } from '../batch/comparison-aims.ts';
import { counted } from '../text/figures.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { type Measure, measureOf } from './measures.ts';
import { signed } from './numbers-in-words.ts';
import { type DebatesByArm, pairedCells } from './paired-cells.ts';
import { articleDifferences } from './statistics/paired-differences.ts';

interface Names {
  a: string;
  b: string;
}

/** Debates that failed, which no measure counts, and how: named so that nobody takes them for debates that did not converge. */
export function failedDebates(debates: readonly DebateMeasures[], arms: readonly string[]): string[] {
  const failed = debates.filter(isFailed);
  if (failed.length === 0) return [];
  const words = arms.flatMap((arm) => {
    const own = failed.filter((debate) => debate.arm === arm).length;
    return own === 0 ? [] : [`${arm} ${own}`];
  });
  const empty = arms.filter((arm) => {
    const own = debates.filter((debate) => debate.arm === arm);
    return own.length > 0 && own.every(isFailed);
  });
  const [first] = failed;
  return [
    `${failed.length} of ${counted(debates.length, 'debate')} failed (${words.join(', ')}) and are left out of every measure. ` +
      `The first, ${first?.debate}: ${first?.failed ?? ''}`,
    ...empty.map((arm) => `Every debate of ${arm} failed, so that it cannot be compared.`),
  ];
}

/** Speeches that refuse to play the part. They are read and measured like others, and say little of a strategy. */
export function refusals(debates: readonly DebateMeasures[], arms: readonly string[]): string[] {
  const own = debates.filter((debate) => (debate.refusals?.length ?? 0) > 0);
  if (own.length === 0) return [];
  const countOf = (list: readonly DebateMeasures[]) =>
    list.reduce((sum, debate) => sum + (debate.refusals?.length ?? 0), 0);
  const words = arms.flatMap((arm) => {
    const count = countOf(own.filter((debate) => debate.arm === arm));
    return count === 0 ? [] : [`${arm} ${count}`];
  });
  const [first] = own;
  const quote = first?.refusals?.[0];
  const example = quote ? `, such as turn ${quote.turn} of ${first?.debate}: "${quote.text}"` : '';
  return [
    `${counted(countOf(own), 'speech', 'speeches')} in ${counted(own.length, 'debate')} read like refusals to take the part (${words.join(', ')})${example}. ` +
      'They are measured like any other speech, so that what they show is the model and not the strategy.',
  ];
}

/** How far failed debates could have moved the difference of a pair, had they come out as low or as high as can be; empty where none failed. */
export function errorBounds(names: Names, byArm: DebatesByArm, aims: ComparisonAims): string {
  const own = [names.a, names.b].flatMap((arm) => [...(byArm.get(arm)?.values() ?? [])]);
  const failed = own.filter(isFailed);
  if (failed.length === 0) return '';
  const bounds = aims.primary.flatMap((id) => {
    const measure = measureOf(id);
    const high = endOf(measure, aims.within);
    if (high === null) return [];
    const from = differenceWith(names, byArm, measure, aims, { a: measure.low, b: high });
    const to = differenceWith(names, byArm, measure, aims, { a: high, b: measure.low });
    if (from === null || to === null) return [];
    return [`${measure.title(aims.within)} between ${signed(measure, from)} and ${signed(measure, to)}`];
  });
  const countOf = (arm: string) => failed.filter((debate) => debate.arm === arm).length;
  const start = `${failed.length} of ${counted(own.length, 'debate')} failed and are left out (${names.a} ${countOf(names.a)}, ${names.b} ${countOf(names.b)}).`;
  if (bounds.length === 0) return start;
  return `${start} Had they come out as badly or as well as can be, ${names.a} would differ from ${names.b} in ${bounds.join('; in ')}.`;
}

function differenceWith(
  names: Names,
  byArm: DebatesByArm,
  measure: Measure,
  aims: ComparisonAims,
  ends: { a: number; b: number },
): number | null {
  const supposed: Measure = {
    ...measure,
    of(debate, within) {
      if (!isFailed(debate)) return measure.of(debate, within);
      return debate.arm === names.a ? ends.a : ends.b;
    },
  };
  const { pairs } = pairedCells(byArm, names, supposed, aims.within);
  const differences = articleDifferences(pairs);
  if (differences.length === 0) return null;
  return differences.reduce((sum, { difference }) => sum + difference, 0) / differences.length;
}

function endOf({ id, high }: Measure, within: number): number | null {
  return id === 'rounds' ? within : high;
}

function isFailed({ failed }: DebateMeasures): boolean {
  return failed !== undefined;
}
