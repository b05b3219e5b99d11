import { inColumns, wrapText } from '../../text/columns.ts';
import type { Comparison } from '../comparison.ts';

/** What a bar draws with. */
interface BarMarks {
  line: string;
  mean: string;
  low: string;
  high: string;
  zero: string;
  /** An interval that goes on beyond the edge. */
  cutLow: string;
  cutHigh: string;
}

export const boxMarks: BarMarks = {
  line: '─',
  mean: '●',
  low: '├',
  high: '┤',
  zero: '┊',
  cutLow: '◂',
  cutHigh: '▸',
};
export const asciiMarks: BarMarks = {
  line: '-',
  mean: 'o',
  low: '|',
  high: '|',
  zero: ':',
  cutLow: '<',
  cutHigh: '>',
};

interface Bar {
  mean: number;
  /** null draws the mean alone. */
  interval: { low: number; high: number } | null;
}

interface Scale {
  from: number;
  to: number;
  /** Columns; from 3. */
  width: number;
  /** A value to mark where the bar leaves room, such as no difference. */
  zero: number | null;
}

/** One line of text that shows an interval on a scale: "   ├──●───┤  ┊    ". Always `width` columns. */
export function intervalBar({ mean, interval }: Bar, scale: Scale, marks: BarMarks): string {
  const cells = new Array<string>(scale.width).fill(' ');
  if (scale.zero !== null) cells[columnOf(scale.zero, scale)] = marks.zero;
  if (interval) {
    const low = columnOf(interval.low, scale);
    const high = columnOf(interval.high, scale);
    cells.fill(marks.line, low, high + 1);
    cells[low] = interval.low < scale.from ? marks.cutLow : marks.low;
    cells[high] = interval.high > scale.to ? marks.cutHigh : marks.high;
  }
  cells[columnOf(mean, scale)] = marks.mean;
  return cells.join('');
}

function columnOf(value: number, { from, to, width }: Scale): number {
  const share = to > from ? (value - from) / (to - from) : 0.5;
  return Math.min(width - 1, Math.max(0, Math.round(share * (width - 1))));
}

/** What the parts of the text report share. */
export interface Page {
  result: Comparison;
  /** Columns. */
  width: number;
  marks: BarMarks;
}

export function wrapped({ width }: Pick<Page, 'width'>, words: string): string {
  return wrapText(words, width).join('\n');
}

/** A table indented by two; its first column is the widest that it needs. */
export function indented(rows: readonly (readonly string[])[]): string[] {
  return inColumns(rows, { gap: ' ' }).map((row) => `  ${row}`);
}
