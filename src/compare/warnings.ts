import type { ComparisonAims } from '../batch/comparison-aims.ts';
import { controlInWords } from '../debate/setup.ts';
import { counted } from '../text/figures.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { failedDebates, refusals } from './errors.ts';
import { probabilityInWords } from './numbers-in-words.ts';
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
