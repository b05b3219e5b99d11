import { normalQuantile } from '../../convergence/distributions.ts';
import type { Interval } from '../../convergence/statistics.ts';

/**
 * Wilson's score interval for a share (Wilson 1927, JASA 22:209-212), within 0..1. Counts may be fractions: with clustered
 * debates pass the effective number of them, see `effectiveCount`. Throws without a positive number of trials.
 */
export function wilson(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials > 0)) throw new RangeError('a share needs at least one trial');
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
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
