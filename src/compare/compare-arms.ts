import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import { counted } from '../text/figures.ts';
import { summarizeArm, totalCost } from './arm-summary.ts';
import { type Comparison, type Contrast, comparisonVersion, type Pair, pairsOf } from './comparison.ts';
import { betterArm, contrast, indexDebates } from './contrast.ts';
import type { DebateMeasures } from './measures.ts';
import { measureOf, measuresOf } from './measures.ts';
import { needed } from './needed-articles.ts';
import { verdictOf } from './pair-verdict.ts';
import { holm } from './statistics/sign-flip.ts';
import { comparisonWarnings, errorBounds, simulatorCaveat } from './warnings.ts';

export interface ComparisonInput {
  title: string;
  /** In the plan's order. */
  arms: readonly string[];
  /** At most one debate per arm and cell. */
  debates: readonly DebateMeasures[];
  aims: ComparisonAims;
  /** Decides the draws of bootstrap and Monte Carlo: the same input and seed give the same result. */
  seed: number;
  /** Debates of the whole plan; leave out where there is no plan. */
  planned?: number;
  /** Draws of the bootstrap and of the sign-flip test beyond 20 articles. */
  draws?: number;
}

/** Compares every pair of arms the aims ask for, on the cells both have run. The order of the debates does not matter. */
export function compareArms(unordered: ComparisonInput): Comparison {
  const input = { ...unordered, debates: inOrder(unordered.debates) };
  const { title, arms, debates, aims, seed } = input;
  const planned = input.planned ?? null;
  const pairs = judgedPairs(input);
  const isWhole = debates.every((debate) => !debate.aborted);
  const withoutAborted = isWhole
    ? pairs
    : judgedPairs({ ...input, debates: debates.filter((debate) => !debate.aborted) });
  const byArm = indexDebates(debates);
  const tests = pairs.length * aims.primary.length;
  const caveat = simulatorCaveat(debates);
  return {
    format: 'parley-comparison',
    version: comparisonVersion,
    title,
    aims,
    seed,
    articles: [...new Set(debates.map((debate) => debate.article))].sort(),
    cells: new Set(debates.map((debate) => debate.cell)).size,
    planned,
    tests,
    arms: arms.map((arm) => summarizeArm(arm, debates, aims)),
    pairs: pairs.map((pair, index) => ({
      ...pair,
      verdict: withCaveat(pair.verdict, caveat),
      sensitivity: [
        errorBounds(pair, byArm, aims),
        sensitivityLine(pair, debates, withoutAborted[index] as Pair),
      ]
        .filter(Boolean)
        .join(' '),
    })),
    warnings: comparisonWarnings(debates, aims, { arms, tests, planned }),
    caveat,
  };
}

function judgedPairs({ arms, debates, aims, seed, draws = 9_999 }: ComparisonInput): Pair[] {
  const byArm = indexDebates(debates);
  const names = pairsOf(arms, aims.against);
  if (names.length === 0) throw new Error('a comparison needs at least two arms');
  const testLevel = aims.level / (names.length * aims.primary.length);
  const options = { aims, seed, draws, testLevel };
  const raw = names.map((pair) =>
    inOrderOfWeight(aims, debates).map((id) => contrast(byArm, pair, id, options)),
  );
  const price = { articleUsd: articlePrice(debates), testLevel };
  return adjustFamily(raw, aims).map((contrasts, index) => {
    const pair = names[index] as { a: string; b: string };
    return judgedPair(
      pair,
      contrasts.map((each) => ({ ...each, needed: needed(each, aims, price) })),
      aims,
    );
  });
}

function judgedPair(names: { a: string; b: string }, contrasts: Contrast[], aims: ComparisonAims): Pair {
  const { finding, winner, ahead, verdict } = verdictOf(names, contrasts, aims);
  const found = { ...names, contrasts, finding, winner: winner && names[winner], verdict, sensitivity: '' };
  return ahead === null ? found : { ...found, ahead: names[ahead] };
}

/** What decides first, then the guards, then the rest. */
function inOrderOfWeight(
  { primary, guards }: ComparisonAims,
  debates: readonly DebateMeasures[],
): MeasureId[] {
  return [...new Set([...primary, ...guards, ...measuresOf(debates)])];
}

/** Sums are rounded in the order in which they are made; a fixed order gives the same digits every time. */
function inOrder(debates: readonly DebateMeasures[]): DebateMeasures[] {
  const key = (debate: DebateMeasures) => `${debate.cell}\u0000${debate.arm}`;
  return [...debates].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function withCaveat(verdict: string, caveat: string): string {
  return caveat ? `${verdict} ${caveat}` : verdict;
}

/** US dollars for one article run by every arm, at the mean so far; null where unknown. */
function articlePrice(debates: readonly DebateMeasures[]): number | null {
  const total = totalCost(debates);
  const articles = new Set(debates.map((debate) => debate.article)).size;
  return total === null || articles === 0 ? null : total / articles;
}

/**
 * How much a verdict leans on aborted debates, which count as not converged: `without` is the same pair judged
 * again with those debates left out, and so without the cells they stood in. Empty where none was aborted.
 */
function sensitivityLine(pair: Pair, debates: readonly DebateMeasures[], without: Pair): string {
  const own = debates.filter((debate) => debate.arm === pair.a || debate.arm === pair.b);
  const aborted = own.filter((debate) => debate.aborted && debate.failed === undefined);
  if (aborted.length === 0) return '';
  const countOf = (arm: string) => aborted.filter((debate) => debate.arm === arm).length;
  const were = aborted.length === 1 ? 'was aborted and counts' : 'were aborted and count';
  const start =
    `${aborted.length} of ${counted(own.length, 'debate')} ${were} as not converged ` +
    `(${pair.a} ${countOf(pair.a)}, ${pair.b} ${countOf(pair.b)}).`;
  const isSame =
    without.finding === pair.finding && without.winner === pair.winner && without.ahead === pair.ahead;
  return isSame
    ? `${start} Without their cells the finding is the same.`
    : `${start} Without their cells the finding would be another: ${without.verdict}`;
}

/**
 * Adjusts all primary contrasts of a comparison together: one family of "is there a difference", two-sided at the
 * level; another of "is it no worse", each direction one test, one-sided at half the level. Guards stay as they are: a
 * verdict needs all of them at once, which is an intersection-union test (Berger 1982) and spends no level.
 */
function adjustFamily(pairs: readonly Contrast[][], aims: ComparisonAims): Contrast[][] {
  const primary = pairs.flat().filter((each) => each.role === 'primary');
  const differences = holm(primary.map((each) => each.signFlip?.p ?? 1));
  const losses = holm(primary.flatMap((each) => [each.noWorse?.a.p ?? 1, each.noWorse?.b.p ?? 1]));
  const adjusted = new Map<Contrast, Contrast>();
  for (const [index, each] of primary.entries()) {
    const adjustedP = differences[index] as number;
    const measure = measureOf(each.measure);
    adjusted.set(each, {
      ...each,
      adjustedP: each.signFlip === null ? null : adjustedP,
      better:
        each.difference !== null && adjustedP <= aims.level ? betterArm(measure, each.difference) : null,
      noWorse: each.noWorse && {
        a: adjustedLoss(each.noWorse.a, losses[2 * index] as number, aims.level),
        b: adjustedLoss(each.noWorse.b, losses[2 * index + 1] as number, aims.level),
      },
    });
  }
  return pairs.map((contrasts) => contrasts.map((each) => adjusted.get(each) ?? each));
}

type NoWorse = NonNullable<Contrast['noWorse']>['a'];

function adjustedLoss(noWorse: NoWorse, adjustedP: number, level: number): NoWorse {
  return { ...noWorse, adjustedP, isShown: adjustedP <= level / 2 };
}
