import { emptyRow, fitted, justified, type Row, span } from '../span.ts';

/** A titled part of the side panel; the lower its rank, the sooner it stays when rows are few. */
export interface Section {
  readonly rank: number;
  readonly rows: readonly Row[];
}

export function titleRow(title: string, right: Row, columns: number): Row {
  return justified([span(title.toUpperCase(), 'muted')], right, columns);
}

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
  return rows.slice(0, height).map((row) => fitted(row, columns));
}
