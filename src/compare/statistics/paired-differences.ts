import { studentTTwoSided } from '../../convergence/distributions.ts';
import type { Interval } from '../../convergence/statistics.ts';
import { type ClusterMean, clusterInterval, clusterMean } from './cluster-mean.ts';

/** What the two arms of a pair gave in one cell, in the units of the measure. */
export interface CellPair {
  article: string;
  cell: string;
  a: number;
  b: number;
}

/** The mean of a - b over the cells of one article: the independent unit of a comparison. */
export interface ArticleDifference {
  article: string;
  difference: number;
  cells: number;
}

/** A difference below this share of the largest value compared is what sums leave over, and counts as none. */
const rounding = 1e-12;

/** Averages repeats, casts and orders within each article; articles come sorted by name. What only rounding tells apart is 0. */
export function articleDifferences(pairs: readonly CellPair[]): ArticleDifference[] {
  const byArticle = new Map<string, number[]>();
  const least = leastDifference(pairs);
  for (const { article, a, b } of pairs) {
    const held = byArticle.get(article);
    if (held) held.push(a - b);
    else byArticle.set(article, [a - b]);
  }
  return [...byArticle]
    .map(([article, values]) => ({
      article,
      difference: unlessBelow(least, values.reduce((sum, value) => sum + value, 0) / values.length),
      cells: values.length,
    }))
    .sort((one, other) => (one.article < other.article ? -1 : 1));
}

function leastDifference(pairs: readonly CellPair[]): number {
  return rounding * pairs.reduce((most, { a, b }) => Math.max(most, Math.abs(a), Math.abs(b)), 0);
}

function unlessBelow(least: number, difference: number): number {
  return Math.abs(difference) <= least ? 0 : difference;
}

export interface PairedEstimate extends ClusterMean {
  /** Two-sided t interval with articles - 1 degrees of freedom. */
  interval: Interval | null;
  /** Two-sided p of the paired t test; null with fewer than two articles. */
  p: number | null;
  /** mean / standardError; null where that cannot be told apart from 0 / 0. */
  t: number | null;
}

/**
 * The mean paired difference with its standard error clustered by article (every article weighs the same),
 * t interval and p: Student 1908 for one cell an article, Miller 2024 (arXiv:2411.00640) for paired, clustered evaluations.
 */
export function pairedEstimate(pairs: readonly CellPair[], confidence = 0.95): PairedEstimate | null {
  if (pairs.length === 0) return null;
  const values = articleDifferences(pairs).map(({ article, difference }) => ({
    cluster: article,
    value: difference,
  }));
  const found = clusterMean(values);
  const estimate = { ...found, mean: unlessBelow(leastDifference(pairs), found.mean) };
  return { ...estimate, interval: clusterInterval(estimate, confidence), ...testOf(estimate) };
}

function testOf({ mean, standardError, clusters }: ClusterMean): { t: number | null; p: number | null } {
  if (standardError === null) return { t: null, p: null };
  if (standardError === 0) return { t: null, p: mean === 0 ? 1 : 0 };
  const t = mean / standardError;
  return { t, p: studentTTwoSided(t, clusters - 1) };
}
