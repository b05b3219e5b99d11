import type { Agenda } from '../debate/agenda.ts';
import { scale } from '../debate/agenda.ts';
import type { Cell } from '../debate/verdict.ts';

export type PositionCell = Extract<Cell, { stand: 'position' }>;

/**
 * How far a judge that always reads the same is known to be off, measured where the truth was known. Its samples agree on its mistakes, so a
 * bootstrap over them alone says next to nothing of its error.
 */
export interface ReaderError {
  /** Root mean square error of a cell, in points of the scale, by the evidence that the cell rests on. */
  ofCell(cell: PositionCell): number;
  /** Root mean square distance of C on an issue that was left unread from the C of those that were read, 0..1. */
  ofUnreadIssue: number;
  /** The 0.025 and 0.975 quantiles of (true C - read C) / computed error. */
  quantiles: { low: number; high: number };
}

export interface Interval {
  low: number;
  high: number;
}

/**
 * The computed error of C among the principals, 0 and up: errors of cells taken as independent and carried through
 * C = sum w_i (1 - mean over pairs |x_s - x_r| / 6), in which each of n cells of an issue moves C_i by at most 2 / (6 n) a point. An issue on
 * which a principal has no position counts with its whole weight, since the truth has one.
 */
export function computedError({
  agenda,
  cells,
  principals,
  error,
}: {
  agenda: Agenda;
  cells: readonly Cell[];
  principals: readonly string[];
  error: Pick<ReaderError, 'ofCell' | 'ofUnreadIssue'>;
}): number {
  const total = agenda.reduce((sum, { weight }) => sum + weight, 0);
  const step = 2 / (principals.length * (scale.high - scale.low));
  const variances = agenda.map(({ id, weight }) => {
    const stands = cells.filter(
      (cell): cell is PositionCell =>
        cell.stand === 'position' && cell.issue === id && principals.includes(cell.speaker),
    );
    const own =
      stands.length < principals.length
        ? error.ofUnreadIssue ** 2
        : stands.reduce((sum, cell) => sum + (step * error.ofCell(cell)) ** 2, 0);
    return (weight / total) ** 2 * own;
  });
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0));
}

/**
 * An interval of C that holds both the noise between samples and the judge's known error: on each side the two are added as independent
 * errors are, as the root of the sum of their squares. The known error's side is the computed error times the quantile of the standardised
 * errors: split conformal prediction with a normalised score (Papadopoulos, Gammerman and Vovk 2008; Lei et al. 2018, section 5.2).
 * `sampled` is null where a single sample was read.
 */
export function widened(
  value: number,
  sampled: Interval | null,
  computed: number,
  { quantiles }: Pick<ReaderError, 'quantiles'>,
): Interval {
  const below = Math.hypot(value - (sampled?.low ?? value), Math.min(0, quantiles.low) * computed);
  const above = Math.hypot((sampled?.high ?? value) - value, Math.max(0, quantiles.high) * computed);
  return { low: Math.max(0, value - below), high: Math.min(1, value + above) };
}
