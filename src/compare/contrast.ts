import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import type { Interval } from '../convergence/statistics.ts';
import { type Random, seededRandom } from '../debate/seeded-random.ts';
import { counted } from '../text/figures.ts';
import type { Contrast } from './comparison.ts';
import { type DebateMeasures, gain, type Measure, measureOf, rangeOf } from './measures.ts';
import { probabilityInWords } from './numbers-in-words.ts';
import { nonInferiority } from './statistics/non-inferiority.ts';
import {
  articleDifferences,
  type CellPair,
  type PairedEstimate,
  pairedEstimate,
} from './statistics/paired-differences.ts';
import { minimumDetectableEffect } from './statistics/sample-size.ts';
import { signFlip, smallestSignFlipP } from './statistics/sign-flip.ts';

export interface ContrastOptions {
  aims: ComparisonAims;
  seed: number;
  /** Draws of the bootstrap and of the test beyond 20 articles. */
  draws: number;
  /** Level of one test when the comparison's level is shared by all of them. */
  testLevel: number;
}

/** One measure of one pair before Holm's adjustment, which needs all of them. */
export function contrast(
  byArm: DebatesByArm,
  arms: { a: string; b: string },
  id: MeasureId,
  options: ContrastOptions,
): Contrast {
  const { aims, draws } = options;
  const measure = measureOf(id);
  const { pairs, missing } = pairedCells(byArm, arms, measure, aims.within);
  const estimate = pairedEstimate(pairs, 1 - aims.level);
  const role = roleOf(id, aims);
  if (!estimate) return emptyContrast(id, role, missing);
  const byArticle = articleDifferences(pairs);
  const differences = byArticle.map((each) => each.difference);
  const randomFor = (use: string) => seededRandom(options.seed, use, arms.a, arms.b, id);
  const flipped = signFlip(differences, randomFor('sign-flip'), { draws });
  const found: Contrast = {
    measure: id,
    role,
    cells: pairs.length,
    missingCells: missing,
    difference: estimate.mean,
    standardError: estimate.standardError,
    interval: estimate.interval,
    tTestP: estimate.p,
    bootstrap: clusterBootstrap(differences, randomFor('bootstrap'), { confidence: 1 - aims.level, draws }),
    signFlip: flipped,
    adjustedP: null,
    better: flipped.p <= aims.level ? betterArm(measure, estimate.mean) : null,
    noWorse: noWorse(measure, differences, estimate, options, randomFor),
    detectable: detectable(estimate, options),
    needed: null,
    byArticle: byArticle.map(({ article, difference, cells }) => {
      return { article, value: difference, count: cells };
    }),
    notes: [],
  };
  return { ...found, notes: contrastNotes(found, aims) };
}

/** Which arm a difference a - b speaks for; null for none. */
export function betterArm(measure: Measure, difference: number): 'a' | 'b' | null {
  const gained = gain(measure, difference);
  if (gained === 0) return null;
  return gained > 0 ? 'a' : 'b';
}

function roleOf(id: MeasureId, aims: ComparisonAims): Contrast['role'] {
  if (aims.primary.includes(id)) return 'primary';
  return aims.guards.includes(id) ? 'guard' : 'secondary';
}

function noWorse(
  measure: Measure,
  differences: readonly number[],
  estimate: PairedEstimate,
  { aims, draws }: ContrastOptions,
  randomFor: (use: string) => () => number,
): Contrast['noWorse'] {
  const margin = aims.margins[measure.id];
  if (margin === undefined) return null;
  const of = (arm: 'a' | 'b') => {
    const turn = (value: number) => (arm === 'a' ? gain(measure, value) : -gain(measure, value)) + 0;
    const bounds = estimate.interval && [turn(estimate.interval.low), turn(estimate.interval.high)];
    const interval = bounds && { low: Math.min(...bounds), high: Math.max(...bounds) };
    const random = randomFor(`no-worse-${arm}`);
    const range = rangeOf(measure, aims.within);
    const options = { margin, level: aims.level, range, random, draws };
    const { bound, p, isShown } = nonInferiority(differences.map(turn), { interval }, options);
    return { margin, bound, p, adjustedP: p, isShown };
  };
  return { a: of('a'), b: of('b') };
}

function detectable(estimate: PairedEstimate, { aims, testLevel }: ContrastOptions): number | null {
  if (!estimate.standardError) return null;
  const aim = { level: testLevel, power: aims.power };
  return minimumDetectableEffect(estimate.standardError, estimate.clusters, aim);
}

function emptyContrast(measure: MeasureId, role: Contrast['role'], missingCells: number): Contrast {
  return {
    ...{ measure, role, cells: 0, missingCells, difference: null, standardError: null, interval: null },
    ...{ tTestP: null, bootstrap: null, signFlip: null, adjustedP: null, better: null, noWorse: null },
    ...{ detectable: null, needed: null, byArticle: [], notes: ['No cell has a number of both arms yet.'] },
  };
}

/** What a careful reader would want to know of one row of the result, in sentences. */
function contrastNotes(found: Contrast, aims: ComparisonAims): string[] {
  return [missingNote(found), tieNote(found, aims), disagreement(found, aims), bootstrapNote(found)].filter(
    (note) => note !== null,
  );
}

function missingNote({ cells, missingCells }: Contrast): string | null {
  if (missingCells === 0) return null;
  return `${missingCells} of ${counted(cells + missingCells, 'cell')} gave no number in one of the arms and are left out.`;
}

function tieNote({ byArticle }: Contrast, { level }: ComparisonAims): string | null {
  const articles = byArticle.length;
  const differing = byArticle.filter((each) => each.value !== 0).length;
  const smallest = smallestSignFlipP(differing);
  // Where none differs, the row says so by itself.
  if (differing === 0) return null;
  const isTheTiesFault = smallest > level && smallestSignFlipP(articles) <= level;
  if (!isTheTiesFault) return null;
  return `Only ${differing} of ${counted(articles, 'article')} differ at all; the smallest p they can give is ${probabilityInWords(smallest)}.`;
}

function disagreement({ tTestP, signFlip }: Contrast, { level }: ComparisonAims): string | null {
  if (tTestP === null || signFlip === null || tTestP <= level === signFlip.p <= level) return null;
  return `The t test (p ${probabilityInWords(tTestP)}) and the sign-flip test (p ${probabilityInWords(signFlip.p)}) disagree at this level; the sign-flip test decides.`;
}

function bootstrapNote({ interval, bootstrap }: Contrast): string | null {
  if (!interval || !bootstrap || includesZero(interval) === includesZero(bootstrap)) return null;
  return 'The bootstrap interval and the t interval disagree on whether 0 is possible; the articles are few or uneven.';
}

function includesZero({ low, high }: Interval): boolean {
  return low <= 0 && high >= 0;
}

/**
 * Percentile interval of the mean over articles, from resamples of whole articles with replacement
 * (Efron and Tibshirani 1993, chapter 13; whole clusters: Field and Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x).
 * It assumes no shape, and with few articles it is too narrow: a cross-check of the t interval and not its substitute.
 * null with fewer than two articles.
 */
export function clusterBootstrap(
  articleMeans: readonly number[],
  random: Random,
  options: { confidence?: number; draws?: number } = {},
): Interval | null {
  const { confidence = 0.95, draws = 9_999 } = options;
  const articles = articleMeans.length;
  if (articles < 2) return null;
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let pick = 0; pick < articles; pick++) {
      sum += articleMeans[Math.floor(random() * articles)] as number;
    }
    means[draw] = sum / articles;
  }
  means.sort();
  return { low: quantile(means, (1 - confidence) / 2), high: quantile(means, (1 + confidence) / 2) };
}

/** Linear between the order statistics: definition 7 of Hyndman and Fan 1996. */
function quantile(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}

/** Debates by arm, then by cell. */
export type DebatesByArm = ReadonlyMap<string, ReadonlyMap<string, DebateMeasures>>;

/** Throws where an arm ran a cell twice or a cell stands for two articles: a comparison of such debates would mean nothing. */
export function indexDebates(debates: readonly DebateMeasures[]): DebatesByArm {
  const byArm = new Map<string, Map<string, DebateMeasures>>();
  const articles = new Map<string, string>();
  for (const debate of debates) {
    const cells = byArm.get(debate.arm) ?? new Map<string, DebateMeasures>();
    byArm.set(debate.arm, cells);
    const twin = cells.get(debate.cell);
    if (twin) {
      throw new Error(
        `${twin.debate} and ${debate.debate} are both arm ${debate.arm} in cell ${debate.cell}`,
      );
    }
    const article = articles.get(debate.cell) ?? debate.article;
    if (article !== debate.article) {
      throw new Error(`cell ${debate.cell} stands for two articles, ${article} and ${debate.article}`);
    }
    articles.set(debate.cell, article);
    cells.set(debate.cell, debate);
  }
  return byArm;
}

/** The cells in which both arms gave a number of this measure, and how many of either arm's cells did not. */
export function pairedCells(
  byArm: DebatesByArm,
  arms: { a: string; b: string },
  measure: Measure,
  within: number,
): { pairs: CellPair[]; missing: number } {
  const ofA = byArm.get(arms.a) ?? new Map<string, DebateMeasures>();
  const ofB = byArm.get(arms.b) ?? new Map<string, DebateMeasures>();
  const cells = new Set([...ofA.keys(), ...ofB.keys()]);
  const pairs: CellPair[] = [];
  for (const cell of cells) {
    const one = ofA.get(cell);
    const other = ofB.get(cell);
    const a = one ? measure.of(one, within) : null;
    const b = other ? measure.of(other, within) : null;
    if (one && a !== null && b !== null) pairs.push({ article: one.article, cell, a, b });
  }
  return { pairs, missing: cells.size - pairs.length };
}
