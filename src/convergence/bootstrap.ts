import type { Agenda } from '../debate/agenda.ts';
import type { JudgeSample } from '../debate/readings.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Cell } from '../debate/verdict.ts';
import { readingsOf } from './cells.ts';
import { issueConvergence, principalConvergence } from './convergence-index.ts';
import { expandedTail } from './expanded-tail.ts';
import { standsOf } from './stands.ts';
import { quantile } from './statistics.ts';

/** Resamples drawn where there are too many to take all: enough that the ends move by less than 0.02 between seeds. */
const mostResamples = 4000;

type Stand = Extract<Cell, { stand: 'position' }>;

/** One cell's readings, lowest first, and what it falls back on. */
interface Column {
  readings: { position: number; sample: number }[];
  position: number;
}

/** An issue that counts: every principal stands on it. */
interface Row {
  weight: number;
  columns: Column[];
}

/**
 * 95% interval of C among the principals: a percentile bootstrap (Efron and Tibshirani 1993, chapter 13) over the
 * judge's samples. Whole samples are drawn, because the readings of one sample share its mistakes; cells that abstain
 * stay out, and a cell that a draw leaves without a reading keeps its own position.
 *
 * The percentiles are the expanded ones of Hesterberg (2015, What Teachers Should Know About the Bootstrap): with k samples
 * the tail is Phi(-sqrt(k / (k - 1)) t(0.975, k - 1)) and not 0.025, because the plain percentile interval of few
 * samples is too narrow. For 3 samples that is the whole range of the draws. Up to 5 samples all k^k draws are taken, and
 * chance plays no part; above, 4000 are drawn.
 *
 * It tells the noise of reading, not the judge's bias: samples that all make the same mistake give a narrow interval
 * round it. null where fewer than two samples were read, and where there is no C.
 */
export function bootstrapInterval({
  agenda,
  cells,
  principals,
  samples,
  random,
}: {
  agenda: Agenda;
  cells: readonly Cell[];
  principals: readonly string[];
  samples: readonly JudgeSample[];
  random: Random;
}): { low: number; high: number } | null {
  const read = samples.filter((sample) => sample.outcome !== 'failed');
  if (read.length < 2) return null;
  if (principalConvergence(agenda, standsOf(cells), principals).value === null) return null;
  const rows = rowsOf(agenda, cells, principals, read);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const values: number[] = [];
  for (const counts of drawsOf(read.length, random)) {
    let sum = 0;
    for (const { weight, columns } of rows) {
      sum += weight * (issueConvergence(columns.map((column) => medianOf(column, counts))) as number);
    }
    values.push(Math.min(1, sum / total));
  }
  const tail = expandedTail(read.length);
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

function rowsOf(
  agenda: Agenda,
  cells: readonly Cell[],
  principals: readonly string[],
  samples: readonly JudgeSample[],
): Row[] {
  return agenda.flatMap(({ id, weight }) => {
    const stands = cells.filter(
      (cell): cell is Stand =>
        cell.stand === 'position' && cell.issue === id && principals.includes(cell.speaker),
    );
    return stands.length < principals.length
      ? []
      : [{ weight, columns: stands.map((cell) => columnOf(cell, samples)) }];
  });
}

function columnOf(cell: Stand, samples: readonly JudgeSample[]): Column {
  const readings = samples.flatMap((sample, number) =>
    readingsOf(cell.speaker, cell.issue, [sample]).map(({ position }) => ({ position, sample: number })),
  );
  readings.sort((one, other) => one.position - other.position);
  return { readings, position: cell.position };
}

/** The median of a cell's readings when each sample stands in the draw as often as `counts` says. */
function medianOf({ readings, position }: Column, counts: readonly number[]): number {
  let drawn = 0;
  for (const { sample } of readings) drawn += counts[sample] as number;
  if (drawn === 0) return position;
  return (nth(readings, counts, Math.ceil(drawn / 2)) + nth(readings, counts, Math.floor(drawn / 2) + 1)) / 2;
}

/** The nth lowest position drawn, from 1. */
function nth(readings: Column['readings'], counts: readonly number[], place: number): number {
  let passed = 0;
  for (const { position, sample } of readings) {
    passed += counts[sample] as number;
    if (passed >= place) return position;
  }
  throw new Error(`fewer than ${place} readings were drawn`);
}

/** Draws of `size` samples with replacement, as how often each sample is drawn: all draws where they are few. */
function* drawsOf(size: number, random: Random): Generator<number[]> {
  const all = size ** size;
  if (all <= mostResamples) {
    for (let number = 0; number < all; number++) {
      yield counted(size, (place) => Math.floor(number / size ** place) % size);
    }
    return;
  }
  for (let draw = 0; draw < mostResamples; draw++) {
    yield counted(size, () => Math.floor(random() * size));
  }
}

function counted(size: number, drawOf: (place: number) => number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (let place = 0; place < size; place++) {
    const drawn = drawOf(place);
    counts[drawn] = (counts[drawn] as number) + 1;
  }
  return counts;
}
