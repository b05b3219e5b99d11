import type { Agenda } from '../debate/agenda.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Cell, JudgeSample } from '../debate/verdict.ts';
import { principalConvergence } from './convergence-index.ts';
import type { Stands } from './stands.ts';
import { median, quantile } from './statistics.ts';

/** Resamples drawn where there are too many to take all: enough that the ends move by less than 0.01 between seeds. */
const mostResamples = 4000;

type Stand = Extract<Cell, { stand: 'position' }>;

/** One cell's positions by sample; null where a sample has none. */
interface Column {
  cell: Stand;
  positions: (number | null)[];
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
  const columns = columnsOf(cells, principals, read);
  const values: number[] = [];
  for (const draw of drawsOf(read.length, random)) {
    const { value } = principalConvergence(agenda, standsIn(columns, draw), principals);
    if (value === null) return null;
    values.push(value);
  }
  const tail = expandedTail(read.length);
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

function columnsOf(
  cells: readonly Cell[],
  speakers: readonly string[],
  samples: readonly JudgeSample[],
): Column[] {
  return cells
    .filter((cell): cell is Stand => cell.stand === 'position' && speakers.includes(cell.speaker))
    .map((cell) => ({
      cell,
      positions: samples.map(
        ({ readings }) =>
          readings.find(({ speaker, issue }) => speaker === cell.speaker && issue === cell.issue)?.position ??
          null,
      ),
    }));
}

function standsIn(columns: readonly Column[], draw: readonly number[]): Stands {
  const stands = new Map<string, Map<string, number>>();
  for (const { cell, positions } of columns) {
    const drawn = draw.flatMap((sample) => positions[sample] ?? []);
    const row = stands.get(cell.issue) ?? new Map<string, number>();
    stands.set(cell.issue, row.set(cell.speaker, drawn.length > 0 ? median(drawn) : cell.position));
  }
  return stands;
}

/** Draws of `size` sample numbers with replacement: all of them where they are few. */
function* drawsOf(size: number, random: Random): Generator<number[]> {
  const all = size ** size;
  if (all <= mostResamples) {
    for (let number = 0; number < all; number++) {
      yield Array.from({ length: size }, (_, place) => Math.floor(number / size ** place) % size);
    }
    return;
  }
  for (let draw = 0; draw < mostResamples; draw++) {
    yield Array.from({ length: size }, () => Math.floor(random() * size));
  }
}

function expandedTail(samples: number): number {
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
