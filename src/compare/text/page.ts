import wrapAnsi from 'wrap-ansi';
import type { Comparison } from '../comparison.ts';
import type { BarMarks } from './interval-bar.ts';

/** What the parts of the text report share. */
export interface Page {
  result: Comparison;
  /** Columns. */
  width: number;
  marks: BarMarks;
}

export function wrapped({ width }: Pick<Page, 'width'>, words: string): string {
  return wrapAnsi(words, width, { trim: true });
}

/** "95%", from the level of the comparison. */
export function confidenceOf({ aims }: Pick<Comparison, 'aims'>): string {
  return `${Number(((1 - aims.level) * 100).toFixed(1))}%`;
}

/** Pads every column to its widest entry and indents by two; the last column is left as it is. */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, entry] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, entry.length);
  }
  return rows.map((row) => `  ${row.map((entry, index) => entry.padEnd(widths[index] ?? 0)).join(' ')}`);
}
