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
