import { scale } from '../debate/agenda.ts';
import { normalDensity, normalTail } from './distributions.ts';
import { mean, sampleVariance } from './statistics.ts';

/**
 * What the ends of the scale do to noisy readings: nobody can be read below 0 or above 6, so the readings of a speaker
 * who stands at an end err to one side only, and vary less. Readings are taken as a normal scatter about the stand, cut
 * off at both ends (the two-limit model of Rosett and Nelson 1975, after Tobin 1958).
 */

/** So many standard deviations from an end, fewer than one reading in ten thousand is cut. */
const farFromEnds = 4;

/** The mean of readings of a stand at `position` with this standard deviation, both in points, after the cut. */
export function cutMean(position: number, deviation: number): number {
  if (deviation <= 0) return Math.min(scale.high, Math.max(scale.low, position));
  return above(position - scale.low, deviation) - above(position - scale.high, deviation) + scale.low;
}

/** Their variance, in squared points. */
export function cutVariance(position: number, deviation: number): number {
  if (deviation <= 0) return 0;
  const low = (scale.low - position) / deviation;
  const high = (scale.high - position) / deviation;
  const inside = uncutShare(position, deviation);
  const first = normalDensity(low) - normalDensity(high);
  const second = inside + low * normalDensity(low) - high * normalDensity(high);
  const square =
    position * position * inside +
    2 * position * deviation * first +
    deviation * deviation * second +
    scale.low * scale.low * (1 - normalTail(low)) +
    scale.high * scale.high * normalTail(high);
  return Math.max(0, square - cutMean(position, deviation) ** 2);
}

/**
 * The stand whose readings have this mean after the cut; at most `beyond` points outside the scale. Newton's steps, held in a bracket; the
 * slope of the mean is the share of readings that are not cut.
 */
export function positionBehind(cut: number, deviation: number, beyond = 0): number {
  const isFarFromEnds = Math.min(cut - scale.low, scale.high - cut) > farFromEnds * deviation;
  if (deviation <= 0 || isFarFromEnds) return cut;
  let low = scale.low - beyond;
  let high = scale.high + beyond;
  if (cut <= cutMean(low, deviation)) return low;
  if (cut >= cutMean(high, deviation)) return high;
  let position = cut;
  for (let step = 0; step < 50; step++) {
    const excess = cutMean(position, deviation) - cut;
    if (excess > 0) high = position;
    else low = position;
    const newton = position - excess / uncutShare(position, deviation);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - position) < 1e-9) return next;
    position = next;
  }
  return position;
}

/**
 * Standard deviation of a single reading before the cut, in points, from all cells together: where the cut would leave the variance that
 * is seen. 0 where no cell was read twice or all readings agree.
 */
export function readingDeviation(cells: readonly (readonly number[])[]): number {
  const repeated = cells.filter((readings) => readings.length > 1);
  const weighed = (of: (readings: readonly number[]) => number) =>
    repeated.reduce((sum, readings) => sum + of(readings) * (readings.length - 1), 0);
  const degrees = weighed(() => 1);
  if (degrees === 0) return 0;
  const seen = weighed(sampleVariance);
  let deviation = Math.sqrt(seen / degrees);
  for (let step = 0; step < 8 && deviation > 0; step++) {
    const expected = weighed((readings) => cutVariance(positionBehind(mean(readings), deviation), deviation));
    if (expected <= 0) break;
    const next = Math.min(scale.high / 2, deviation * Math.sqrt(seen / expected));
    if (Math.abs(next - deviation) < 1e-6) break;
    deviation = next;
  }
  return deviation;
}

function uncutShare(position: number, deviation: number): number {
  return normalTail((scale.low - position) / deviation) - normalTail((scale.high - position) / deviation);
}

/** The mean of max(0, X) for X normal about `position`. */
function above(position: number, deviation: number): number {
  const z = position / deviation;
  return position * (1 - normalTail(z)) + deviation * normalDensity(z);
}
