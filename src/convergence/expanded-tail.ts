/**
 * The share of the bootstrap distribution to cut off at each end for a 95% interval from few samples: the expanded percentile of
 * Hesterberg (2015, What Teachers Should Know About the Bootstrap), Phi(-sqrt(k / (k - 1)) t(0.975, k - 1)) for k samples, where the
 * plain percentile interval would take 0.025 and come out too narrow. 0.0097 for 11 samples, 0.0010 for 5, nothing to speak of below.
 */
export function expandedTail(samples: number): number {
  return normalBelow(-Math.sqrt(samples / (samples - 1)) * studentQuantile(samples - 1));
}

/**
 * The 0.975 quantile of Student's t by the Cornish-Fisher series (Abramowitz and Stegun 26.7.5); within 0.2% from 5 degrees of
 * freedom on. Below, it is too small, and the tail is still far below one draw.
 */
function studentQuantile(freedom: number): number {
  const z = 1.959964;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/** The normal distribution below z, for z < 0 (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function normalBelow(z: number): number {
  const t = 1 / (1 - 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.max(0, (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series);
}
