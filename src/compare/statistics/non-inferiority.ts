import { studentTTail } from '../../convergence/distributions.ts';
import type { Interval } from '../../convergence/statistics.ts';
import type { Random } from '../../debate/seeded-random.ts';
import { capitalAgainst, lowestMean } from './betting.ts';
import { clusterMean } from './cluster-mean.ts';
import { signFlip } from './sign-flip.ts';

export interface NonInferiority {
  /** The largest loss that would still be accepted, in the units of the measure; above 0. */
  margin: number;
  /** The lowest mean gain that is not ruled out; null with fewer than two articles. */
  bound: number | null;
  /** One-sided p of "the loss is at least the margin", 0..1. */
  p: number;
  /** Shown to be no worse: p at most half the two-sided level. */
  isShown: boolean;
}

export interface NonInferiorityOptions {
  margin: number;
  level: number;
  /** The largest gain or loss that the measure allows; null where it has no end. */
  range?: number | null;
  random: Random;
  draws?: number;
}

/**
 * Is the loss, if there is one, smaller than a margin? Differences must be turned so that more is better.
 * One-sided at half the two-sided level, as CONSORT's extension for non-inferiority trials reports it (Piaggio and others 2012,
 * doi:10.1001/jama.2012.87802).
 *
 * Two bounds must both rule the margin out. Student's t is right for losses that scatter, and takes a loss that is rare for none
 * at all while it has not been seen. The bound by betting (`betting.ts`) holds whatever the losses are, as long as the measure is
 * bounded; equal results show nothing until there are so many that a rare loss would have been among them. A measure without an end, such
 * as a cost, allows no such bound: there the sign-flip test of gain + margin takes its place, without the articles that tie.
 */
export function nonInferiority(
  gains: readonly number[],
  estimate: { interval: Interval | null },
  { margin, level, range = null, random, draws }: NonInferiorityOptions,
): NonInferiority {
  const scattered = tailOfLoss(gains, margin);
  const rare =
    range === null
      ? flippedTail(gains, margin, random, draws)
      : Math.min(1, 1 / evidenceAgainstLoss(gains, { margin, range }));
  const p = Math.max(scattered, rare);
  return { margin, bound: lowestGain(gains, estimate, level, range), p, isShown: p <= level / 2 };
}

/**
 * The evidence against "the loss is at least the margin", by betting: an e-value that may be looked at after every gain. `range` is the
 * largest gain or loss that the measure allows, in the units of the margin.
 */
export function evidenceAgainstLoss(
  gains: readonly number[],
  { margin, range }: { margin: number; range: number },
): number {
  return capitalAgainst(asShares(gains, range), (range - margin) / (2 * range));
}

/** One-sided p of the t test of "the mean gain is at most -margin". */
function tailOfLoss(gains: readonly number[], margin: number): number {
  if (gains.length < 2) return 1;
  const { mean, standardError } = clusterMean(
    gains.map((value, article) => ({ cluster: String(article), value })),
  );
  if (!standardError) return mean > -margin ? 0 : 1;
  return studentTTail((mean + margin) / standardError, gains.length - 1);
}

function flippedTail(gains: readonly number[], margin: number, random: Random, draws?: number): number {
  const shifted = gains.filter((gain) => gain !== 0).map((gain) => gain + margin);
  if (shifted.length === 0) return 1;
  const options = { alternative: 'greater' as const, ...(draws === undefined ? {} : { draws }) };
  return signFlip(shifted, random, options).p;
}

function lowestGain(
  gains: readonly number[],
  { interval }: { interval: Interval | null },
  level: number,
  range: number | null,
): number | null {
  if (interval === null) return null;
  if (range === null) return interval.low;
  return Math.min(interval.low, 2 * range * lowestMean(asShares(gains, range), level / 2) - range);
}

/** Gains of -range..range as values of 0..1. */
function asShares(gains: readonly number[], range: number): number[] {
  return gains.map((gain) => Math.min(1, Math.max(0, (gain + range) / (2 * range))));
}
