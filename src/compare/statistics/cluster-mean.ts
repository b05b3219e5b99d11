import { studentTQuantile } from '../../convergence/distributions.ts';
import type { Interval } from '../../convergence/statistics.ts';

/** One number and the cluster it came from; numbers of one cluster may depend on each other, clusters do not. */
export interface ClusteredValue {
  cluster: string;
  value: number;
  /** Share in the mean; any positive unit. Default 1. */
  weight?: number;
}

export interface ClusterMean {
  mean: number;
  /** null where there is one cluster only: nothing tells how far clusters differ. */
  standardError: number | null;
  clusters: number;
}

/**
 * The weighted mean of clustered numbers and its cluster standard error,
 * sqrt(G / (G - 1) * sum over clusters of (sum of weight * (value - mean))²) with weights that sum to 1 over G clusters.
 * Miller 2024 (arXiv:2411.00640), after Liang and Zeger 1986, with the correction for a finite number of clusters.
 * With equal weights per cluster it is the standard error of the mean of the clusters' means. Throws on an empty list.
 */
export function clusterMean(values: readonly ClusteredValue[]): ClusterMean {
  if (values.length === 0) throw new RangeError('a mean needs at least one value');
  const total = sum(values.map(weightOf));
  const mean = sum(values.map((each) => (weightOf(each) / total) * each.value));
  const residuals = new Map<string, number>();
  for (const each of values) {
    const residual = (weightOf(each) / total) * (each.value - mean);
    residuals.set(each.cluster, (residuals.get(each.cluster) ?? 0) + residual);
  }
  const clusters = residuals.size;
  const squares = sum([...residuals.values()].map((residual) => residual * residual));
  const raw = clusters < 2 ? null : Math.sqrt((clusters / (clusters - 1)) * squares);
  // Equal values differ from their own mean by rounding; that must not pass for a tiny but real spread.
  const rounding = 1e-12 * values.reduce((most, each) => Math.max(most, Math.abs(each.value)), 0);
  const standardError = raw !== null && raw <= rounding ? 0 : raw;
  return { mean, standardError, clusters };
}

/**
 * Weighs numbers so that every cluster counts the same, however many numbers it holds:
 * the mean is then the mean of the clusters' means.
 */
export function equalPerCluster<Value extends ClusteredValue>(values: readonly Value[]): Value[] {
  const sizes = new Map<string, number>();
  for (const { cluster } of values) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return values.map((each) => ({ ...each, weight: 1 / (sizes.get(each.cluster) as number) }));
}

/** The t interval of a cluster mean with clusters - 1 degrees of freedom; null where there is no standard error. */
export function clusterInterval(estimate: ClusterMean, confidence = 0.95): Interval | null {
  if (estimate.standardError === null) return null;
  const reach = studentTQuantile((1 + confidence) / 2, estimate.clusters - 1) * estimate.standardError;
  return { low: estimate.mean - reach, high: estimate.mean + reach };
}

function weightOf(each: ClusteredValue): number {
  return each.weight ?? 1;
}

/** Neumaier's compensated sum, so that the order of debates does not show in the last digits. */
function sum(numbers: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return total + lost;
}

/**
 * How many independent debates a clustered sample of yes-or-no outcomes is worth: share (1 - share) / standard error², Kish's effective
 * sample size (1965), never more than the debates there are. Where every debate ended alike there is no spread to
 * go by, and each article counts once.
 */
export function effectiveCount(
  share: number,
  standardError: number | null,
  counts: { debates: number; articles: number },
): number {
  const { debates, articles } = counts;
  const spread = share * (1 - share);
  if (spread <= 0 || standardError === null || standardError === 0) return Math.min(debates, articles);
  return Math.min(debates, spread / (standardError * standardError));
}
