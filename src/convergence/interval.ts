import type { Agenda } from '../debate/agenda.ts';
import type { JudgeSample } from '../debate/readings.ts';
import type { Cell } from '../debate/verdict.ts';
import { readingsOf } from './cells.ts';
import { isCovered, widest } from './convergence-index.ts';
import { normalDensity, normalQuantile, normalTail, studentTQuantile } from './distributions.ts';
import { betweenJudges, votesOf } from './judge-quality.ts';
import { noiseOfReading, type ReaderError } from './reader-error.ts';
import { positionBehind, readingDeviation } from './scale-ends.ts';
import { pairsOf } from './stands.ts';
import { type Interval, mean, sampleVariance } from './statistics.ts';

/** How many readings the noise of all cells counts for beside a cell's own, which are few. */
const pooledReadings = 4;

/** A mean distance up to so many of its pairs' standard errors is one that noise alone could make. */
const noisyDistance = 2;

const upperTail = 0.975;

/** Degrees of freedom from which Student's t is the normal distribution. */
const manyDegrees = 1e6;

/** One cell: what each sample read, by the sample's place; absent where it read nothing. */
interface Column {
  bySample: (number | null)[];
  readings: number[];
}

/** An issue on which every principal stands. `weight` is its share of the agenda. */
interface Row {
  weight: number;
  columns: Column[];
}

/** The noise of readings, as all cells together tell it. */
interface Noise {
  /** Standard deviation of one reading before the ends of the scale cut it, in points. */
  deviation: number;
  /** Squared points by which judges of a panel differ beyond it, in the mean of a cell. */
  betweenJudges: number;
  degrees: number;
}

/** A cell as the interval sees it, in points and squared points. */
interface Estimate {
  /** Mean reading, and the stand behind it with what the ends of the scale cut off put back. */
  read: number;
  stand: number;
  /** Variance of that mean: of the samples alone, and with what all of them share. */
  noise: number;
  error: number;
}

/**
 * 95% interval of C among the principals, from the noise between the judge's samples and from what all of them are off by
 * together (`error`). Each end rests on an estimate that noise cannot push past it:
 *
 * - The mean distance |x - y| is pushed up by noise, most where speakers agree. So the high end takes, for each pair, the distance d
 *   with its sign decided by one half of the information and its size by the other: d (2 Phi(d / t) - 1) - 2 t phi(d / t), with t the
 *   standard error of the difference. Its expectation is at most the true distance and 0 where there is none. The halves are
 *   made by Gaussian thinning (Rasines and Young 2023, doi:10.1093/biomet/asac072) and averaged over, so that no chance is left.
 * - The low end takes the plain mean distance, which noise moves to the safe side; where that distance is within the noise, or the root of
 *   the noise-corrected mean square with its own error if that is nearer: a mean is never above its root mean square.
 * - Readings cannot leave the scale, which pulls distant speakers together; the low end puts that back (`scale-ends.ts`).
 *
 * The errors of cells are carried through the index by each cell's rank; the noise counts with Student's t for as many degrees of
 * freedom as the readings give it (Satterthwaite 1946), and at the level of whole samples where these err together more than
 * their cells do one by one. Issues left unread count with their weight. The interval always holds C as it was read.
 *
 * Where a single sample was read, the noise is what was measured for this judge, or the stated default. null where there is no C.
 */
export function indexInterval({
  agenda,
  cells,
  principals,
  samples,
  value,
  error,
}: {
  agenda: Agenda;
  cells: readonly Cell[];
  principals: readonly string[];
  samples: readonly JudgeSample[];
  /** C as it was read. */
  value: number | null;
  error: ReaderError;
}): Interval | null {
  const read = samples.filter((sample) => sample.outcome !== 'failed');
  const rows = rowsOf(agenda, cells, principals, read);
  const covered = rows.reduce((sum, { weight }) => sum + weight, 0);
  if (value === null || !isCovered(covered)) return null;
  const noise = noiseIn(rows, read, error);
  const estimates = rows.map(({ columns }) => columns.map((column) => estimateOf(column, noise, error)));
  const { t, standardError } = errorOf(rows, estimates, noise);
  const spread = (t * standardError) / covered;
  const sum = (of: (row: readonly Estimate[]) => number) =>
    rows.reduce(
      (total, { weight }, place) => total + (weight / covered) * of(estimates[place] as Estimate[]),
      0,
    );
  const distance = sum((row) => meanOverPairs(row, (a, b) => Math.abs(a.stand - b.stand)) / widest);
  const nearest = sum((row) => meanOverPairs(row, unpushedDistance) / widest) - spread;
  const scatter = sum((row) => meanOverPairs(row, (a, b) => Math.sqrt(a.error + b.error)) / widest);
  const isWithinNoise = distance <= noisyDistance * scatter;
  const root = isWithinNoise ? rootMeanSquare(rows, estimates, covered, t) : 1;
  const farthest = Math.min(distance + spread, root);
  const unread = normalQuantile(upperTail) * error.unreadIssue * (1 - covered);
  return {
    low: Math.max(0, Math.min(value, 1 - distance - Math.hypot(Math.max(0, farthest - distance), unread))),
    high: Math.min(1, Math.max(value, 1 - distance + Math.hypot(Math.max(0, distance - nearest), unread))),
  };
}

function rowsOf(
  agenda: Agenda,
  cells: readonly Cell[],
  principals: readonly string[],
  samples: readonly JudgeSample[],
): Row[] {
  const total = agenda.reduce((sum, { weight }) => sum + weight, 0);
  return agenda.flatMap(({ id, weight }) => {
    const stands = cells.filter(
      (cell) => cell.stand === 'position' && cell.issue === id && principals.includes(cell.speaker),
    );
    if (stands.length < principals.length || principals.length < 2 || weight <= 0) return [];
    const columns = stands.map(({ speaker, issue }): Column => {
      const bySample = samples.map(
        (sample) => readingsOf(speaker, issue, [sample]).map(({ position }) => position)[0] ?? null,
      );
      return { bySample, readings: bySample.filter((position) => position !== null) };
    });
    return [{ weight: weight / total, columns }];
  });
}

function noiseIn(rows: readonly Row[], samples: readonly JudgeSample[], error: ReaderError): Noise {
  const columns = rows.flatMap((row) => row.columns);
  const degrees = columns.reduce((sum, { readings }) => sum + readings.length - 1, 0);
  if (degrees === 0) {
    return { deviation: noiseOfReading(error), betweenJudges: 0, degrees: manyDegrees };
  }
  const beyond = betweenJudges(
    samples,
    columns.map(({ bySample }) => bySample),
  );
  const { judges } = votesOf(samples);
  return {
    deviation: readingDeviation(columns.map(({ readings }) => readings)),
    betweenJudges: beyond,
    degrees: beyond > 0 ? columns.length * (judges - 1) : degrees,
  };
}

function estimateOf({ readings }: Column, noise: Noise, error: ReaderError): Estimate {
  const count = readings.length;
  const own = sampleVariance(readings) * (count - 1);
  const pooled = noise.deviation ** 2 * pooledReadings;
  const variance = (pooled + own) / (pooledReadings + count - 1) / count + noise.betweenJudges;
  const read = mean(readings);
  return {
    read,
    stand: positionBehind(read, noise.deviation, 2 * Math.sqrt(variance)),
    noise: variance,
    error: variance + error.points ** 2,
  };
}

/** Standard error of C over the whole agenda from the errors of all cells, and the quantile of Student's t that it counts with. */
function errorOf(
  rows: readonly Row[],
  estimates: readonly Estimate[][],
  noise: Noise,
): { t: number; standardError: number } {
  const stepsBy = (first: 1 | -1) =>
    rows.map(({ weight }, place) => stepsOf(estimates[place] as Estimate[], weight, first));
  const steps = stepsBy(1);
  const carried = (of: (estimate: Estimate) => number) =>
    estimates.reduce(
      (sum, row, place) =>
        sum + row.reduce((part, each, cell) => part + (steps[place]?.[cell] ?? 0) ** 2 * of(each), 0),
      0,
    );
  const alone = carried((each) => each.noise);
  // Which of two equal stands counts as the lower is chance; the scale read upside down takes the other.
  const together = Math.max(varianceOfSamples(rows, steps), varianceOfSamples(rows, stepsBy(-1)));
  const noisy = Math.max(alone, together);
  const whole = carried((each) => each.error) + noisy - alone;
  const degrees = noisy === 0 ? manyDegrees : (whole / noisy) ** 2 * noise.degrees;
  const t = studentTQuantile(upperTail, Math.floor(Math.min(degrees, manyDegrees)));
  return { t, standardError: Math.sqrt(whole) };
}

/** What a point of each cell does to C: among n speakers the distance from the r-th lowest stand counts in n + 1 - 2r pairs more one way than the other. Of equal stands the first in the row is taken as the lowest, or as the highest. */
function stepsOf(row: readonly Estimate[], weight: number, first: 1 | -1): number[] {
  const pairs = (row.length * (row.length - 1)) / 2;
  const order = row
    .map((_, place) => place)
    .sort((a, b) => standOf(row, a) - standOf(row, b) || first * (a - b));
  return row.map((_, place) => ((2 * order.indexOf(place) - row.length + 1) * weight) / (pairs * widest));
}

function standOf(row: readonly Estimate[], place: number): number {
  return (row[place] as Estimate).stand;
}

/** Variance of C as each sample would have it, of their mean: holds what the cells of one sample get wrong together. */
function varianceOfSamples(rows: readonly Row[], steps: readonly number[][]): number {
  const count = rows[0]?.columns[0]?.bySample.length ?? 0;
  const values = Array.from({ length: count }, (_, sample) =>
    rows.reduce(
      (sum, { columns }, row) =>
        sum +
        columns.reduce(
          (part, { bySample, readings }, place) =>
            part + (steps[row]?.[place] ?? 0) * (bySample[sample] ?? mean(readings)),
          0,
        ),
      0,
    ),
  );
  return sampleVariance(values) / count;
}

/** A distance that noise does not push up, in points; it may be below 0. */
function unpushedDistance(a: Estimate, b: Estimate): number {
  const distance = Math.abs(a.read - b.read);
  const scatter = Math.sqrt(a.error + b.error);
  if (scatter === 0) return distance;
  const z = distance / scatter;
  return distance * (1 - 2 * normalTail(z)) - 2 * scatter * normalDensity(z);
}

/**
 * An upper bound of the mean distance, as a share of the widest: the root of the noise-corrected mean square and t of its standard errors.
 * A sum of f squares of normal deviates of variance e about points d apart has the variance 2 f e^2 + 4 e d^2.
 */
function rootMeanSquare(
  rows: readonly Row[],
  estimates: readonly Estimate[][],
  covered: number,
  t: number,
): number {
  let square = 0;
  let variance = 0;
  for (const [place, { weight }] of rows.entries()) {
    const row = estimates[place] as Estimate[];
    const share = weight / covered / widest ** 2;
    const own = meanOverPairs(row, (a, b) => (a.stand - b.stand) ** 2 - a.noise - b.noise);
    const error = mean(row.map((each) => each.error));
    square += share * own;
    variance += (share ** 2 * 8 * error * (error + Math.max(0, own))) / (row.length - 1);
  }
  return Math.sqrt(Math.max(0, square + t * Math.sqrt(variance)));
}

function meanOverPairs(row: readonly Estimate[], of: (a: Estimate, b: Estimate) => number): number {
  return mean(pairsOf(row).map(([a, b]) => of(a, b)));
}
