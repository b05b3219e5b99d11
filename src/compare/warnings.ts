import type { ComparisonAims } from '../batch/comparison-aims.ts';
import { controlInWords } from '../debate/setup.ts';
import { counted } from '../text/figures.ts';
import { type DebatesByArm, pairedCells } from './contrast.ts';
import type { DebateMeasures } from './measures.ts';
import { type Measure, measureOf } from './measures.ts';
import { probabilityInWords, signed } from './numbers-in-words.ts';
import { articleDifferences } from './statistics/paired-differences.ts';
import { articlesToReach, smallestSignFlipP } from './statistics/sign-flip.ts';

/**
 * Says so where no result of so many articles can ever be significant: the smallest p is 2 / 2^n, and the
 * level is shared by the tests of the plan. null where it can. Meant for before the money is spent, too.
 */
export function tooFewArticles(articles: number, tests: number, level: number): string | null {
  const smallest = smallestSignFlipP(articles);
  const testLevel = level / tests;
  if (smallest <= testLevel) return null;
  const family =
    tests === 1
      ? ''
      : ` (${tests} tests share ${level}, so the first needs ${probabilityInWords(testLevel)})`;
  return (
    `${counted(articles, 'article')} can never reach significance: the smallest p is 2/2^${articles} = ` +
    `${probabilityInWords(smallest)}${family}. Use at least ${articlesToReach(testLevel)} articles; more repeats do not help.`
  );
}

/** Everything that limits the whole comparison, in sentences. */
export function comparisonWarnings(
  debates: readonly DebateMeasures[],
  aims: ComparisonAims,
  design: { arms: readonly string[]; tests: number; planned: number | null },
): string[] {
  const articles = new Set(debates.map((debate) => debate.article)).size;
  return [
    tooFewArticles(articles, design.tests, aims.level),
    earlyLook(debates.length, design.planned),
    ...failedDebates(debates, design.arms),
    ...refusals(debates, design.arms),
    unpriced(debates),
    unpaid(debates),
    peopleAmong(debates),
    ...controls(debates),
  ].filter((warning) => warning !== null);
}

function earlyLook(done: number, planned: number | null): string | null {
  if (planned === null || done >= planned) return null;
  return (
    `${done} of ${counted(planned, 'planned debate')} are compared. Looking early and stopping when it looks good ` +
    'finds differences that are not there; let the plan finish before deciding.'
  );
}

/** Debates in which people spoke tell nothing of an arm's models. */
export function leftOut(withPeople: readonly string[]): string[] {
  if (withPeople.length === 0) return [];
  return [
    `${counted(withPeople.length, 'debate')} in which people wrote speeches ${withPeople.length === 1 ? 'is' : 'are'} left out.`,
  ];
}

function peopleAmong(debates: readonly DebateMeasures[]): string | null {
  const count = debates.filter(({ people }) => people).length;
  if (count === 0) return null;
  return `People wrote speeches in ${counted(count, 'debate')}: what they show is not the models’ alone.`;
}

/** An arm of controls is no strategy to be chosen: each is named. */
function controls(debates: readonly DebateMeasures[]): string[] {
  const byArm = new Map(debates.flatMap(({ arm, control }) => (control ? [[arm, control] as const] : [])));
  return [...byArm].map(
    ([arm, control]) =>
      `The arm ${arm} is a control (${control}): ${controlInWords[control]}. What it shows is the yardstick for the others, not a strategy.`,
  );
}

function unpaid(debates: readonly DebateMeasures[]): string | null {
  const calls = debates.reduce((sum, { callsFromCache = 0 }) => sum + callsFromCache, 0);
  if (calls === 0) return null;
  return `Cached replies answered ${counted(calls, 'call')} at no cost, so these costs are lower than those of a fresh run.`;
}

function unpriced(debates: readonly DebateMeasures[]): string | null {
  const count = debates.filter((debate) => debate.costUsd === null).length;
  return count === 0 ? null : `The price of ${counted(count, 'debate')} is unknown; costs leave them out.`;
}

/** What every report and verdict says when the simulator wrote any of the debates; empty when it wrote none. */
export function simulatorCaveat(debates: readonly Pick<DebateMeasures, 'simulated'>[]): string {
  const simulated = debates.filter((debate) => debate.simulated).length;
  if (simulated === 0) return '';
  const which =
    simulated === debates.length
      ? 'The built-in simulator spoke or read in these debates'
      : `The built-in simulator spoke or read in ${simulated} of ${counted(debates.length, 'debate')}`;
  return `${which}: this tests the pipeline and tells nothing about language models.`;
}

interface Names {
  a: string;
  b: string;
}

/** Debates that failed, which no measure counts, and how: named, so that they are not taken for debates that did not converge. */
function failedDebates(debates: readonly DebateMeasures[], arms: readonly string[]): string[] {
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
function refusals(debates: readonly DebateMeasures[], arms: readonly string[]): string[] {
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
