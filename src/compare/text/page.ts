import { inColumns, wrapText } from '../../text/columns.ts';
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
  return wrapText(words, width).join('\n');
}

/** "95%", from the level of the comparison. */
export function confidenceOf({ aims }: Pick<Comparison, 'aims'>): string {
  return `${Number(((1 - aims.level) * 100).toFixed(1))}%`;
}

/** A table indented by two; its first column is the widest that it needs. */
export function indented(rows: readonly (readonly string[])[]): string[] {
  return inColumns(rows, { gap: ' ' }).map((row) => `  ${row}`);
}
