import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import { type Interval, mean } from '../convergence/statistics.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { counted } from '../text/figures.ts';
import type { ArmMeasure, ArmSummary, Comparison } from './comparison.ts';
import { gain, measureOf, rangeOf } from './measures.ts';
import { inUnits, probabilityInWords, signed, signedInterval } from './numbers-in-words.ts';
import { nonInferiority } from './statistics/non-inferiority.ts';
import { articleDifferences, pairedEstimate } from './statistics/paired-differences.ts';
import { holm, signFlip } from './statistics/sign-flip.ts';
import { tooFewArticles } from './warnings.ts';

/** One arm and measure against the stored result, on the articles both have. */
interface BaselineRow {
  arm: string;
  measure: MeasureId;
  /** Articles in both results. */
  articles: number;
  before: number | null;
  now: number | null;
  /** Now less before, in the measure's units. */
  difference: number | null;
  interval: Interval | null;
  /** Holm-adjusted over all rows. */
  adjustedP: number | null;
  /**
   * unchanged: equal on every article. improved: better beyond the level. held: a loss as large as the margin is ruled
   * out, even where a smaller one is certain. regressed: worse beyond the level. unclear: none of these can be said.
   */
  finding: 'regressed' | 'improved' | 'unchanged' | 'held' | 'unclear';
  message: string;
}

export interface BaselineCheck {
  rows: BaselineRow[];
  hasRegressed: boolean;
  warnings: string[];
}

/**
 * Has anything got worse since a stored comparison? Primary measures and guards of every arm that both results have,
 * paired by article, with the present aims' level and margins; two-sided sign-flip tests, Holm over all of them.
 */
export function compareWithBaseline(now: Comparison, before: Comparison): BaselineCheck {
  const raw = now.arms.flatMap((arm) => {
    const earlier = before.arms.find((each) => each.arm === arm.arm);
    return earlier ? watched(now.aims).map((measure) => rawRow(arm, earlier, measure, now)) : [];
  });
  const adjusted = holm(raw.map((row) => row.p ?? 1));
  const rows = raw.map((row, index) => judged(row, adjusted[index] as number, now.aims, raw.length));
  return {
    rows,
    hasRegressed: rows.some((row) => row.finding === 'regressed'),
    warnings: warningsOf(now, before),
  };
}

interface RawRow extends Omit<BaselineRow, 'adjustedP' | 'finding' | 'message'> {
  p: number | null;
  isUnchanged: boolean;
  isHeld: boolean;
}

function watched({ primary, guards }: ComparisonAims): MeasureId[] {
  return [...new Set([...primary, ...guards])];
}

function rawRow(now: ArmSummary, before: ArmSummary, measure: MeasureId, { aims, seed }: Comparison): RawRow {
  const pairs = commonArticles(measuresOf(now, measure), measuresOf(before, measure));
  const estimate = pairedEstimate(pairs, 1 - aims.level);
  const base = { arm: now.arm, measure, articles: pairs.length };
  if (!estimate) {
    const nothing = { before: null, now: null, difference: null, interval: null, p: null };
    return { ...base, ...nothing, isUnchanged: false, isHeld: false };
  }
  const differences = articleDifferences(pairs).map(({ difference }) => difference);
  const random = (use: string) => seededRandom(seed, 'baseline', use, now.arm, measure);
  const margin = aims.margins[measure];
  const gains = differences.map((difference) => gain(measureOf(measure), difference));
  const range = rangeOf(measureOf(measure), aims.within);
  const options = { level: aims.level, range, random: random('margin') };
  return {
    ...base,
    before: mean(pairs.map((pair) => pair.b)),
    now: mean(pairs.map((pair) => pair.a)),
    difference: estimate.mean,
    interval: estimate.interval,
    p: signFlip(differences, random('sign-flip')).p,
    isUnchanged: differences.every((difference) => difference === 0),
    isHeld: margin !== undefined && nonInferiority(gains, estimate, { ...options, margin }).isShown,
  };
}

function judged(row: RawRow, adjustedP: number, aims: ComparisonAims, tests: number): BaselineRow {
  const { p, isUnchanged, isHeld, ...base } = row;
  const gained = row.difference === null ? 0 : gain(measureOf(row.measure), row.difference);
  const isBeyond = p !== null && adjustedP <= aims.level;
  const finding = findingOf({ isUnchanged, isHeld, isBeyond, gained });
  const whole = { ...base, adjustedP: p === null ? null : adjustedP, finding };
  // Before "unclear" is taken for "nothing happened": with so few articles it could not have been anything else.
  const tooFew = finding === 'unclear' ? tooFewArticles(row.articles, tests, aims.level) : null;
  return { ...whole, message: [messageOf(whole, aims), ...(tooFew === null ? [] : [tooFew])].join(' ') };
}

function findingOf(seen: {
  isUnchanged: boolean;
  isHeld: boolean;
  isBeyond: boolean;
  gained: number;
}): BaselineRow['finding'] {
  if (seen.isUnchanged) return 'unchanged';
  if (seen.isBeyond && seen.gained > 0) return 'improved';
  if (seen.isHeld) return 'held';
  return seen.isBeyond && seen.gained < 0 ? 'regressed' : 'unclear';
}

function messageOf(row: Omit<BaselineRow, 'message'>, aims: ComparisonAims): string {
  const measure = measureOf(row.measure);
  const name = `${row.arm}: ${measure.title(aims.within)}`;
  if (row.before === null || row.now === null || row.difference === null) {
    return `${name} cannot be compared: no article has a number in both results.`;
  }
  const interval = row.interval ? `, interval ${signedInterval(measure, row.interval)}` : '';
  const p = row.adjustedP === null ? '' : `, p ${probabilityInWords(row.adjustedP)} after Holm`;
  return (
    `${name} ${row.finding}: ${inUnits(measure, row.before)} before, ${inUnits(measure, row.now)} now ` +
    `(${signed(measure, row.difference)}${interval}${p}, ${counted(row.articles, 'article')}).`
  );
}

function warningsOf(now: Comparison, before: Comparison): string[] {
  const missing = now.arms.filter((arm) => !before.arms.some((each) => each.arm === arm.arm));
  const common = now.articles.filter((article) => before.articles.includes(article)).length;
  return [
    missing.length > 0 &&
      `The baseline has no arm ${missing.map((arm) => arm.arm).join(', ')}; it is not compared.`,
    common < Math.max(now.articles.length, before.articles.length) &&
      `${common} of ${counted(now.articles.length, 'article')} are in the baseline; only these are compared.`,
    (now.caveat === '') !== (before.caveat === '') &&
      'One of the results has simulated debates and the other has none; their difference says nothing about a regression.',
    now.aims.within !== before.aims.within &&
      `The baseline looks at ${counted(before.aims.within, 'round')}, this result at ${now.aims.within}; rounds and convergence cannot be compared.`,
  ].filter((warning) => warning !== false);
}

function measuresOf(arm: ArmSummary, measure: MeasureId): ArmMeasure['byArticle'] {
  return arm.measures.find((each) => each.measure === measure)?.byArticle ?? [];
}

function commonArticles(now: ArmMeasure['byArticle'], before: ArmMeasure['byArticle']) {
  return now.flatMap(({ article, value }) => {
    const earlier = before.find((each) => each.article === article);
    return earlier ? [{ article, cell: article, a: value, b: earlier.value }] : [];
  });
}
