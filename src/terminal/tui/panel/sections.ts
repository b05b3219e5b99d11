import type { Debate } from '../../../debate/debate.ts';
import type { Person } from '../../persona.ts';
import { column, columnsOf, emptyRow, fitted, justified, type Row, rowWidth, span } from '../span.ts';

/** A titled part of the side panel; the lower its rank, the sooner it stays when rows are few. */
export interface Section {
  readonly rank: number;
  readonly rows: readonly Row[];
}

/** A heading, with a note on its right where there is room for it. */
export function titleRow(title: string, note: string, columns: number): Row {
  const left: Row = [span(title.toUpperCase(), 'muted')];
  return title.length + note.length + 2 > columns ? left : justified(left, [span(note, 'muted')], columns);
}

/** Widths of a table with a column of titles and one column for each of `count` people. */
export interface Grid {
  readonly title: number;
  readonly cell: number;
}

/** The grid of issues by people: titles have what they need before columns grow wider than their figures. */
export function gridOf({ started }: Debate, columns: number): Grid {
  const count = Math.max(1, started.cast.length);
  const wanted = Math.max(leastTitle, ...started.agenda.map(({ title }) => columnsOf(title) + 1));
  const cell = Math.min(widestCell, Math.max(leastCell, Math.floor((columns - wanted) / count)));
  return { title: Math.max(8, Math.min(wanted, columns - cell * count)), cell };
}

/** Columns of one figure: the figure, and an arrow where it moved. */
export const leastCell = 4;

/** The head of a person's column: the glyph, and the short name where it fits. */
export function headOf(person: Person, cell: number): string {
  if (cell < nameCell) return column(`${cell < 5 ? ' ' : '  '}${person.glyph}`, cell);
  return `${column(` ${person.glyph} ${person.short}`, cell - 1)} `;
}

const widestCell = 13;
/** From this width on a column's head has room for a name. */
const nameCell = 11;
/** Room for the heading of the column. */
const leastTitle = 15;

/** The sections in their order, as many as fit, each followed by an empty row; exactly `height` rows. */
export function stacked(sections: readonly Section[], columns: number, height: number): Row[] {
  const chosen = new Set<Section>();
  let free = height;
  for (const section of [...sections].sort((one, other) => one.rank - other.rank)) {
    const size = section.rows.length;
    if (size === 0 || size > free) continue;
    chosen.add(section);
    free -= size + 1;
  }
  const rows = sections.filter((one) => chosen.has(one)).flatMap((one) => [...one.rows, emptyRow]);
  while (rows.length < height) rows.push(emptyRow);
  return rows.slice(0, height).map((row) => (rowWidth(row) > columns ? fitted(row, columns) : row));
}
