import { columnsOf, type Row, type Span, span } from '../tui/span.ts';

/** Short pieces on as few rows as they need, in their order, with a dot between neighbours. */
export function packed(pieces: readonly Span[], columns: number): Row[] {
  const rows: Span[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const size = columnsOf(piece.text);
    const row = rows.at(-1);
    if (row && size + between.length <= room) {
      row.push(span(between, 'faint'), piece);
      room -= size + between.length;
    } else {
      rows.push([span(' '), piece]);
      room = columns - size - 2;
    }
  }
  return rows;
}

const between = ' · ';
