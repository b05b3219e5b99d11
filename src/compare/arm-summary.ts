import type { ComparisonAims, MeasureId } from '../batch/comparison-aims.ts';
import { wilson } from '../convergence/distributions.ts';
import type { Interval } from '../convergence/statistics.ts';
import type { ArmMeasure, ArmSummary } from './comparison.ts';
import type { DebateMeasures } from './measures.ts';
import { type Measure, measureOf, measuresOf } from './measures.ts';
import {
  type ClusterMean,
  clusterInterval,
  clusterMean,
  effectiveCount,
  equalPerCluster,
} from './statistics/cluster-mean.ts';

/** One arm by itself: every measure as the mean over articles, with its interval. */
export function summarizeArm(
  arm: string,
  debates: readonly DebateMeasures[],
  aims: ComparisonAims,
): ArmSummary {
  const own = debates.filter((debate) => debate.arm === arm);
  return {
    arm,
    debates: own.length,
    aborted: own.filter((debate) => debate.aborted && debate.failed === undefined).length,
    failed: own.filter((debate) => debate.failed !== undefined).length,
    simulated: own.filter((debate) => debate.simulated).length,
    costUsd: totalCost(own),
    measures: measuresOf(debates).map((id) => armMeasure(id, own, aims)),
  };
}

/** US dollars for all together; null where a price is unknown. */
export function totalCost(parts: readonly { costUsd: number | null }[]): number | null {
  return parts.reduce<number | null>(
    (total, { costUsd }) => (total === null || costUsd === null ? null : total + costUsd),
    0,
  );
}

function armMeasure(id: MeasureId, debates: readonly DebateMeasures[], aims: ComparisonAims): ArmMeasure {
  const measure = measureOf(id);
  const values = debates.flatMap((debate) => {
    const value = measure.of(debate, aims.within);
    return value === null ? [] : [{ cluster: debate.article, value }];
  });
  const missing = debates.length - values.length;
  if (values.length === 0) {
    return { measure: id, mean: null, standardError: null, interval: null, missing, byArticle: [] };
  }
  const estimate = clusterMean(equalPerCluster(values));
  return {
    measure: id,
    mean: estimate.mean,
    standardError: estimate.standardError,
    interval: intervalOf(measure, estimate, values.length, 1 - aims.level),
    missing,
    spread: spreadOf(values),
    byArticle: articleMeans(values),
  };
}

function intervalOf(
  measure: Measure,
  estimate: ClusterMean,
  debates: number,
  confidence: number,
): Interval | null {
  if (measure.id === 'converged') {
    const counts = { debates, articles: estimate.clusters };
    const worth = effectiveCount(estimate.mean, estimate.standardError, counts);
    return wilson(estimate.mean * worth, worth, confidence);
  }
  const interval = clusterInterval(estimate, confidence);
  if (!interval) return null;
  const high = measure.high ?? Number.POSITIVE_INFINITY;
  return { low: Math.max(measure.low, interval.low), high: Math.min(high, interval.high) };
}

/** How far articles lie apart, and repeats on one article: pooled over the articles that have several. */
function spreadOf(values: readonly { cluster: string; value: number }[]): NonNullable<ArmMeasure['spread']> {
  const means = articleMeans(values);
  const meanOf = new Map(means.map(({ article, value }) => [article, value]));
  const squares = values.reduce(
    (sum, { cluster, value }) => sum + (value - (meanOf.get(cluster) ?? 0)) ** 2,
    0,
  );
  const free = values.length - means.length;
  const middle = means.reduce((sum, { value }) => sum + value, 0) / means.length;
  const between = means.reduce((sum, { value }) => sum + (value - middle) ** 2, 0);
  return {
    articles: means.length < 2 ? null : Math.sqrt(between / (means.length - 1)),
    repeats: free < 1 ? null : Math.sqrt(squares / free),
  };
}

function articleMeans(values: readonly { cluster: string; value: number }[]): ArmMeasure['byArticle'] {
  const byArticle = Map.groupBy(values, ({ cluster }) => cluster);
  return [...byArticle]
    .map(([article, own]) => ({
      article,
      value: own.reduce((sum, { value }) => sum + value, 0) / own.length,
      count: own.length,
    }))
    .sort((one, other) => (one.article < other.article ? -1 : 1));
}
