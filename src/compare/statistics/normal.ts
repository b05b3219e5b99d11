/** The standard normal density. */
function normalDensity(x: number): number {
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
