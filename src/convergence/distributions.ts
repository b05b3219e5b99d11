import type { Interval } from './statistics.ts';

/**
 * Student's t distribution for whole degrees of freedom, from 1.
 * The tail is half of the regularised incomplete beta function I_x(df/2, 1/2) at x = df / (df + t²)
 * (Abramowitz and Stegun 26.7.1 with 26.5.27), taken as the continued fraction of DLMF 8.17.22.
 */

/** P(T > t), 0..1. Keeps its relative precision far out in the tail. */
export function studentTTail(t: number, degreesOfFreedom: number): number {
  expectDegrees(degreesOfFreedom);
  if (t < 0) return 1 - studentTTail(-t, degreesOfFreedom);
  if (t === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(t, degreesOfFreedom) / 2;
}

/** P(T <= t), 0..1. */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return studentTTail(-t, degreesOfFreedom);
}

/** P(|T| >= |t|), 0..1: the p of a two-sided test. */
export function studentTTwoSided(t: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * studentTTail(Math.abs(t), degreesOfFreedom));
}

/** The t with P(T <= t) = probability, for 0 < probability < 1, to about 1e-14 of its value: Newton's steps on the tail, held in a bracket. */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`a quantile needs a probability inside 0..1, not ${probability}`);
  }
  if (probability < 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);
  if (probability === 0.5) return 0;
  const tail = 1 - probability;
  let low = 0;
  let high = 1;
  while (studentTTail(high, degreesOfFreedom) > tail) [low, high] = [high, high * 2];
  let t = (low + high) / 2;
  for (;;) {
    const excess = studentTTail(t, degreesOfFreedom) - tail;
    if (excess > 0) low = t;
    else high = t;
    const newton = t + excess / density(t, degreesOfFreedom);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-15 * t) return next;
    t = next;
  }
}

function density(t: number, degreesOfFreedom: number): number {
  const shape = Math.exp((-(degreesOfFreedom + 1) / 2) * Math.log1p((t * t) / degreesOfFreedom));
  return shape / (Math.sqrt(degreesOfFreedom) * completeBeta(degreesOfFreedom));
}

/** I_x(df/2, 1/2) at x = df / (df + t²), on the side where the fraction converges fast. */
function incompleteBeta(t: number, degreesOfFreedom: number): number {
  const a = degreesOfFreedom / 2;
  const ratio = (t * t) / degreesOfFreedom;
  const x = 1 / (1 + ratio);
  const rest = ratio / (1 + ratio);
  const front = Math.exp(-a * Math.log1p(ratio) + Math.log(rest) / 2) / completeBeta(degreesOfFreedom);
  const isFarOut = x < (a + 1) / (a + 2.5);
  return isFarOut
    ? (front * continuedFraction(x, a, 0.5)) / a
    : 1 - front * continuedFraction(rest, 0.5, a) * 2;
}

const manyDegrees = 1_000;

/**
 * B(df/2, 1/2) by B(a + 1, 1/2) = B(a, 1/2) a / (a + 1/2), from B(1/2, 1/2) = pi and B(1, 1/2) = 2; for many degrees
 * by the expansion of the gamma ratio for large a (DLMF 5.11.13), whose first term left out is below 1e-15 there.
 */
function completeBeta(degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  if (degreesOfFreedom > manyDegrees) {
    const inverse = 1 / half;
    const ratio = 1 - inverse * (1 / 8 - inverse * (1 / 128 + inverse * (5 / 1024 - (inverse * 21) / 32768)));
    return Math.sqrt(Math.PI / half) / ratio;
  }
  const isOdd = degreesOfFreedom % 2 === 1;
  let beta = isOdd ? Math.PI : 2;
  for (let a = isOdd ? 0.5 : 1; a < half; a++) beta *= a / (a + 0.5);
  return beta;
}

const smallest = 1e-300;

/** DLMF 8.17.22, evaluated from the front by the modified Lentz algorithm (Thompson and Barnett 1986). */
function continuedFraction(x: number, a: number, b: number): number {
  let numerator = 1;
  let denominator = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = denominator;
  for (let step = 1; step <= 10_000; step++) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    const before = value;
    for (const term of [even, odd]) {
      denominator = 1 / nonZero(1 + term * denominator);
      numerator = nonZero(1 + term / numerator);
      value *= denominator * numerator;
    }
    if (Math.abs(value - before) <= Math.abs(value) * 1e-16) break;
  }
  return value;
}

function nonZero(value: number): number {
  return Math.abs(value) < smallest ? smallest : value;
}

function expectDegrees(degreesOfFreedom: number): void {
  if (!Number.isInteger(degreesOfFreedom) || degreesOfFreedom < 1) {
    throw new RangeError(`degrees of freedom must be a whole number from 1, not ${degreesOfFreedom}`);
  }
}

/** The standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z > z), 0..1. Near the middle the series of Abramowitz and Stegun 26.2.11, whose terms are all of one sign;
 * further out the continued fraction 26.2.14.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - normalDensity(z) * series(z) : normalDensity(z) * fraction(z);
}

/** The z with P(Z <= z) = probability, for 0 < probability < 1; found by bisection on the tail to the last bit. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`a quantile needs a probability inside 0..1, not ${probability}`);
  }
  if (probability < 0.5) return -normalQuantile(1 - probability);
  let low = 0;
  let high = 40;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (normalTail(middle) > 1 - probability) low = middle;
    else high = middle;
  }
}

function series(z: number): number {
  let sum = 0;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum;
}

function fraction(z: number): number {
  let below = z;
  for (let step = 200; step >= 1; step--) below = z + step / below;
  return 1 / below;
}

/**
 * Wilson's score interval for a share (Wilson 1927, JASA 22:209-212), within 0..1. Counts may be fractions: with clustered
 * debates pass the effective number of them, see `effectiveCount`. Throws without a positive number of trials.
 */
export function wilson(successes: number, trials: number, confidence = 0.95): Interval {
  if (!(trials > 0)) throw new RangeError('a share needs at least one trial');
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
