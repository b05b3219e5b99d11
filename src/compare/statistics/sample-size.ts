import { normalQuantile } from '../../convergence/distributions.ts';
import type { TestAims } from './detectable-effect.ts';

/** Before any debate has been run: what one supposes of the variances, in squared units of the measure. */
export interface SupposedVariances {
  /** Variance over articles of the difference of the arms' expected values (omega squared). */
  omegaSquared: number;
  /** Mean variance of one debate about its article's expected value, by arm (sigma squared). */
  sigmaSquaredA: number;
  sigmaSquaredB: number;
  /** Debates an article and arm (K), from 1. */
  repeatsA: number;
  repeatsB: number;
}

/** Variance of one article's mean paired difference: omega² + sigma²_A / K_A + sigma²_B / K_B (Miller 2024). */
export function differenceVariance(supposed: SupposedVariances): number {
  const { omegaSquared, sigmaSquaredA, sigmaSquaredB, repeatsA, repeatsB } = supposed;
  return omegaSquared + sigmaSquaredA / repeatsA + sigmaSquaredB / repeatsB;
}

/**
 * Articles needed to find a true difference `effect` (units of the measure) in a paired comparison:
 * (z at 1 - level/2 + z at power)² * variance / effect², rounded up. Miller 2024, "Adding Error Bars to Evals"
 * (arXiv:2411.00640), power analysis. Normal quantiles: for few articles it is a little low; see `articlesNeeded`.
 */
export function sampleSize(supposed: SupposedVariances, effect: number, { level, power }: TestAims): number {
  const z = normalQuantile(1 - level / 2) + normalQuantile(power);
  return Math.ceil((z * z * differenceVariance(supposed)) / (effect * effect));
}
