import type { Random } from '../../debate/seeded-random.ts';
import type { PairedEstimate } from './paired-differences.ts';
import { signFlip } from './sign-flip.ts';

export interface NonInferiority {
  /** The largest loss that would still be accepted, in the units of the measure; above 0. */
  margin: number;
  /** Lower end of the two-sided interval of the gain; null with fewer than two articles. */
  bound: number | null;
  /** One-sided p of "the loss is at least the margin", 0..1. */
  p: number;
  /** Shown to be no worse: p at most half the two-sided level. */
  isShown: boolean;
}

/**
 * Is the loss, if there is one, smaller than a margin? Differences must be turned so that more is better.
 * One-sided at half the two-sided level, as CONSORT's extension for non-inferiority trials reports it (Piaggio and others 2012,
 * doi:10.1001/jama.2012.87802). The p is a sign-flip test of difference + margin, so that a handful of equal
 * results, whose t interval has no width, does not pass for proof: it needs 1 / 2^n to reach the level.
 */
export function nonInferiority(
  gains: readonly number[],
  estimate: Pick<PairedEstimate, 'interval'>,
  options: { margin: number; level: number; random: Random; draws?: number },
): NonInferiority {
  const { margin, level, random, draws } = options;
  const shifted = gains.map((gain) => gain + margin);
  const { p } = signFlip(shifted, random, {
    alternative: 'greater',
    ...(draws === undefined ? {} : { draws }),
  });
  return { margin, bound: estimate.interval?.low ?? null, p, isShown: p <= level / 2 };
}
