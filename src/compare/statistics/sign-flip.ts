import type { Random } from '../../debate/seeded-random.ts';

/** Up to this many differences every pattern of signs is tried; 2^20 patterns take some milliseconds. */
const exactLimit = 20;

export interface SignFlip {
  /** Probability under the null of a sum at least as far out as the one seen, 0..1. */
  p: number;
  /** Patterns at least as far out, and patterns tried. */
  extreme: number;
  total: number;
  isExact: boolean;
}

export interface SignFlipOptions {
  /** 'greater' counts only sums as large or larger. */
  alternative?: 'two-sided' | 'greater';
  /** Patterns drawn where there are too many to try. */
  draws?: number;
}

/**
 * Sign-flip permutation test that paired differences are symmetric about 0: if the arms are alike, each
 * article's difference could as well have had the other sign (Fisher 1935, The Design of Experiments, section 21).
 * Exact up to 20 differences; beyond, patterns are drawn and p = (1 + extreme) / (1 + draws), which never is 0 and
 * keeps its level (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585). Sums equal but for rounding count as ties.
 */
export function signFlip(
  differences: readonly number[],
  random: Random,
  options: SignFlipOptions = {},
): SignFlip {
  const { alternative = 'two-sided', draws = 19_999 } = options;
  const observed = differences.reduce((sum, value) => sum + value, 0);
  const rounding = 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0);
  const isExtreme =
    alternative === 'greater'
      ? (sum: number) => sum >= observed - rounding
      : (sum: number) => Math.abs(sum) >= Math.abs(observed) - rounding;
  return differences.length <= exactLimit
    ? exact(differences, isExtreme)
    : drawn(differences, isExtreme, random, draws);
}

/**
 * The smallest two-sided p that these many differences can ever give: 2 / 2^n, 0..1. Differences of exactly 0 have
 * no sign to flip and do not count.
 */
export function smallestSignFlipP(nonZeroDifferences: number): number {
  return Math.min(1, 2 / 2 ** nonZeroDifferences);
}

/** The fewest articles whose smallest possible p reaches the level. */
export function articlesToReach(level: number): number {
  return Math.ceil(1 - Math.log2(level));
}

function exact(differences: readonly number[], isExtreme: (sum: number) => boolean): SignFlip {
  const sums = signedSums(differences);
  let extreme = 0;
  for (const sum of sums) if (isExtreme(sum)) extreme++;
  return { p: extreme / sums.length, extreme, total: sums.length, isExact: true };
}

/** The sums of all 2^n patterns of signs, doubling the list with each value. */
function signedSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  let filled = 1;
  for (const value of values) {
    for (let index = 0; index < filled; index++) {
      const sum = sums[index] as number;
      sums[index] = sum + value;
      sums[filled + index] = sum - value;
    }
    filled *= 2;
  }
  return sums;
}

function drawn(
  differences: readonly number[],
  isExtreme: (sum: number) => boolean,
  random: Random,
  draws: number,
): SignFlip {
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const value of differences) sum += random() < 0.5 ? value : -value;
    if (isExtreme(sum)) extreme++;
  }
  return { p: (1 + extreme) / (1 + draws), extreme, total: draws, isExact: false };
}

/**
 * Holm's step-down adjustment (Holm 1979, Scandinavian Journal of Statistics 6:65-70): each p against a family of m
 * tests, in the order given. Comparing the adjusted p with the level keeps the chance of any false rejection in
 * the family at that level, however the tests depend on each other. Values 0..1.
 */
export function holm(ps: readonly number[]): number[] {
  const ascending = ps.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = new Array<number>(ps.length);
  let reached = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    reached = Math.max(reached, Math.min(1, (ps.length - rank) * p));
    adjusted[index] = reached;
  }
  return adjusted;
}
