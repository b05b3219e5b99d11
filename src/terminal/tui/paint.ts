import type { Theme } from '../theme/theme.ts';
import { fitted, type Row } from './span.ts';

/** Rows as text with colours, at a width; a row that was painted at this width before is not painted again. */
export type Painter = (row: Row, columns: number) => string;

export function createPainter(theme: Theme): Painter {
  const painted = new WeakMap<Row, { columns: number; text: string }>();
  return (row, columns) => {
    const known = painted.get(row);
    if (known?.columns === columns) return known.text;
    const text = fitted(row, columns)
      .map((part) => theme.paint(part.text, part.meaning))
      .join('');
    painted.set(row, { columns, text });
    return text;
  };
}
