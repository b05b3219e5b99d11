import type { Theme } from '../theme/theme.ts';
import { fitted, type Row, rowWidth } from './span.ts';

/** Rows as text with colours, at most so wide; a row that was painted for this width before is not painted again. */
export type Painter = (row: Row, columns: number) => string;

export function createPainter(theme: Theme): Painter {
  const painted = new WeakMap<Row, { columns: number; text: string }>();
  return (row, columns) => {
    const known = painted.get(row);
    if (known?.columns === columns) return known.text;
    // No filling up: spaces at the end would cost Ink as much as letters.
    const text = (rowWidth(row) > columns ? fitted(row, columns) : row)
      .map((part) => theme.paint(part.text, part.meaning))
      .join('');
    painted.set(row, { columns, text });
    return text;
  };
}
