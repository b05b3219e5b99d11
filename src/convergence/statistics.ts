/** Two bounds in the units of what they bound; low <= high. */
export interface Interval {
  low: number;
  high: number;
}

/** Small statistics over lists of numbers. All throw on an empty list: an average of nothing is a bug. */

export function mean(values: readonly number[]): number {
  expectSome(values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function meanOrNone(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

/** Unbiased sample variance (divisor n - 1); 0 for a single value. */
export function sampleVariance(values: readonly number[]): number {
  const centre = mean(values);
  if (values.length === 1) return 0;
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** Population variance (divisor n). */
export function populationVariance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

/** The quantile at `share` (0..1) with linear interpolation: type 7 of Hyndman and Fan (1996), Sample Quantiles in Statistical Packages. */
export function quantile(values: readonly number[], share: number): number {
  expectSome(values);
  const sorted = [...values].sort((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Third quartile less the first, in the values' unit. */
export function interquartileRange(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

/** Keeps rounding errors of sums from leaving 0..1. */
export function asShare(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function expectSome(values: readonly number[]): void {
  if (values.length === 0) throw new Error('no values to summarise');
}
