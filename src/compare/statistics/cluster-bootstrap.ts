import type { Interval } from '../../convergence/statistics.ts';
import type { Random } from '../../debate/seeded-random.ts';

/**
 * Percentile interval of the mean over articles, from resamples of whole articles with replacement
 * (Efron and Tibshirani 1993, chapter 13; whole clusters: Field and Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x).
 * It assumes no shape, and with few articles it is too narrow: a cross-check of the t interval and not its substitute.
 * null with fewer than two articles.
 */
export function clusterBootstrap(
  articleMeans: readonly number[],
  random: Random,
  options: { confidence?: number; draws?: number } = {},
): Interval | null {
  const { confidence = 0.95, draws = 9_999 } = options;
  const articles = articleMeans.length;
  if (articles < 2) return null;
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let pick = 0; pick < articles; pick++) {
      sum += articleMeans[Math.floor(random() * articles)] as number;
    }
    means[draw] = sum / articles;
  }
  means.sort();
  return { low: quantile(means, (1 - confidence) / 2), high: quantile(means, (1 + confidence) / 2) };
}

/** Linear between the order statistics: definition 7 of Hyndman and Fan 1996. */
function quantile(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}
