import type { View } from './view.ts';

/** Below this nothing can be read; the run goes on unseen. */
export const least = { columns: 40, rows: 10 } as const;

/** Where things go on a screen of a size. Counted in columns and rows. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** Rows of the title; 1, or 2 with a rule under it. */
  readonly header: number;
  /** Rows at the bottom: what is being done and, where there is room, the keys. */
  readonly footer: number;
  /** A one-line gauge under the header where there is no side panel. */
  readonly gauge: number;
  readonly exchange: { readonly columns: number; readonly rows: number };
  /** null where it does not fit or is zoomed away. */
  readonly panel: { readonly columns: number } | null;
}

/** null where the screen is too small. */
export function layoutOf(view: Pick<View, 'columns' | 'rows' | 'isZoomed'>): Layout | null {
  const { columns, rows, isZoomed } = view;
  if (columns < least.columns || rows < least.rows) return null;
  const hasPanel = columns >= 80 && !isZoomed;
  const panelColumns = hasPanel ? panelFor(columns) : 0;
  const header = rows >= 16 ? 2 : 1;
  const footer = rows >= 16 ? 3 : 1;
  const gauge = hasPanel ? 0 : 1;
  return {
    columns,
    rows,
    header,
    footer,
    gauge,
    exchange: {
      columns: columns - (hasPanel ? panelColumns + 1 : 0),
      rows: rows - header - footer - gauge,
    },
    panel: hasPanel ? { columns: panelColumns } : null,
  };
}

/** A third of the screen, or on a wide one all that lines of a comfortable length leave over. */
function panelFor(columns: number): number {
  const left = columns - mostForExchange;
  return Math.min(widestPanel, Math.max(narrowestPanel, Math.floor(columns * 0.34), left));
}

const narrowestPanel = 33;
const widestPanel = 70;
const mostForExchange = 106;
