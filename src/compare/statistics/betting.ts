/** How boldly gains are bet on, in their own root mean square, and the part of the stake that bets so. */
const stakes: readonly { boldness: number; part: number }[] = [
  { boldness: 3, part: 0.3 },
  { boldness: 1.2, part: 0.3 },
  { boldness: 0.6, part: 0.25 },
  { boldness: 0.3, part: 0.15 },
];

/**
 * The evidence against "each gain could as well have had the other sign", more being better: an e-value that may be looked at after
 * every gain and stopped at will. While the claim is true it reaches 1 / level with a chance of at most the level (Ville 1939). The claim is
 * that of the sign-flip test: two arms that are alike give symmetric differences.
 *
 * A gain g is worth 2 / (1 + exp(-2 b g / s)), which is exp(b g / s) / cosh(b g / s): the Fisher-type e-test of symmetry of Vovk and Wang
 * (2024, arXiv:2208.08925). The scale s is the root mean square of the gains so far, this one included: sizes may be known
 * beforehand, since under the claim the sign is a fair coin whatever the sizes. Several boldnesses b are held at once. A gain of 0 is no evidence.
 */
export function evidenceAgainstSymmetry(gains: readonly number[]): number {
  const capital = stakes.map(({ part }) => part);
  let squares = 0;
  for (const [index, gain] of gains.entries()) {
    squares += gain * gain;
    if (gain === 0) continue;
    const scaled = gain / Math.sqrt(squares / (index + 1));
    for (const [place, { boldness }] of stakes.entries()) {
      capital[place] = (capital[place] as number) * (2 / (1 + Math.exp(-2 * boldness * scaled)));
    }
  }
  return capital.reduce((sum, part) => sum + part, 0);
}

/** The fewest gains that can ever give so much evidence: all alike, and all above 0. */
export function fewestGainsFor(evidence: number): number {
  let gains = 0;
  while (evidenceAgainstSymmetry(new Array(gains).fill(1)) < evidence) gains += 1;
  return gains;
}

/** Part of the stake that bets all it may; the rest bets smaller parts, for values that scatter. */
const boldShare = 0.7;
const parts = Array.from({ length: 19 }, (_, place) => (place + 1) / 20);

/**
 * What a gambler who bets against "the mean is at most `mean`" has made of 1 after these values, each inside 0..1 (0 < mean < 1). While the
 * claim is true the capital is not expected to grow, so that it reaches 1 / level with a chance of at most the level,
 * whatever the distribution (Ville 1939): the bound by betting of Waudby-Smith and Ramdas (2024, doi:10.1093/jrsssb/qkad009).
 * A stake of part f of what may be bet is worth the product of 1 + f (x / mean - 1). Several parts are held at once, so that neither the order
 * of the values nor a guess of their variance matters. For values that are all alike it comes near the exact bound of the binomial
 * distribution: a loss that happens in a share q of cases stays unseen in n of them with the chance (1 - q)^n.
 */
export function capitalAgainst(values: readonly number[], mean: number): number {
  const made = (part: number) =>
    values.reduce((capital, value) => capital * (1 + part * (value / mean - 1)), 1);
  const small = parts.reduce((sum, part) => sum + made(part), 0) / parts.length;
  return boldShare * made(1) + (1 - boldShare) * small;
}

/** The lowest mean that these values do not refute at the level, one-sided; 0..1. */
export function lowestMean(values: readonly number[], level: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (capitalAgainst(values, middle) >= 1 / level) low = middle;
    else high = middle;
  }
  return low;
}

const mostArticles = 1_000_000;

/**
 * How many articles, at the least, show that a loss is smaller than the margin, when they all turn out like `gains`: on average each
 * of them multiplies the capital as these did. `range` is the largest gain or loss that the measure allows. null where they speak for no such thing.
 */
export function articlesToClear(
  gains: readonly number[],
  { margin, range, level }: { margin: number; range: number; level: number },
): number | null {
  const mean = (range - margin) / (2 * range);
  const growth = (part: number) =>
    gains.reduce((sum, gain) => sum + Math.log1p(part * ((gain + range) / (2 * range) / mean - 1)), 0) /
    gains.length;
  const needed = [1, ...parts].map((part) => {
    const held = part === 1 ? boldShare : (1 - boldShare) / parts.length;
    const each = growth(part);
    return each > 0 ? Math.log(1 / (level * held)) / each : Number.POSITIVE_INFINITY;
  });
  const fewest = Math.ceil(Math.min(...needed) - 1e-9);
  return fewest <= mostArticles ? fewest : null;
}
