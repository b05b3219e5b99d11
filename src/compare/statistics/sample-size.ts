import { normalQuantile, studentTQuantile } from '../../convergence/distributions.ts';

/** Level of the two-sided test and the chance of finding an effect that is there; both inside 0..1. */
interface TestAims {
  level: number;
  power: number;
}

/**
 * The smallest true difference that these articles find with the power asked for, in the units of the measure:
 * (t at 1 - level/2 + t at power) * standard error, both with articles - 1 degrees of freedom (Bloom 1995, doi:10.1177/0193841X9501900504).
 */
export function minimumDetectableEffect(
  standardError: number,
  articles: number,
  { level, power }: TestAims,
): number {
  const degrees = articles - 1;
  return (studentTQuantile(1 - level / 2, degrees) + studentTQuantile(power, degrees)) * standardError;
}

const mostArticles = 1_000_000;

/**
 * The fewest articles with which a difference of `effect` is found with the power asked for, when article
 * differences have this standard deviation (both in the units of the measure); null beyond a million.
 */
export function articlesNeeded(standardDeviation: number, effect: number, aims: TestAims): number | null {
  const isEnough = (articles: number) =>
    minimumDetectableEffect(standardDeviation / Math.sqrt(articles), articles, aims) <= effect;
  let tooFew = 1;
  let enough = 2;
  while (!isEnough(enough)) {
    if (enough === mostArticles) return null;
    tooFew = enough;
    enough = Math.min(enough * 2, mostArticles);
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

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
function differenceVariance(supposed: SupposedVariances): number {
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
