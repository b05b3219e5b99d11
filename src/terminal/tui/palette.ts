import type { Binding } from './bindings.ts';
import { type EditorState, editedBy, emptyEditor, textOf } from './editor.ts';
import type { KeyPress } from './key-name.ts';
import { framed } from './overlay/framed.ts';
import { column, emptyRow, type Row, span } from './span.ts';

/** A list of everything that can be done where it was opened, narrowed by what is typed. */
export interface PaletteState {
  readonly query: EditorState;
  /** Place among the actions that match. */
  readonly chosen: number;
}

export const openPalette: PaletteState = { query: emptyEditor, chosen: 0 };

/** What a key makes of an open palette: another state of it, null where it closes, or the key that its chosen action has. */
export function paletteAfter(
  palette: PaletteState,
  { name, input }: KeyPress,
  bindings: readonly Binding[],
): { palette: PaletteState | null; press?: string } {
  const found = matching(bindings, palette);
  const moved = (by: number) => ({
    palette: { ...palette, chosen: Math.max(0, Math.min(found.length - 1, palette.chosen + by)) },
  });
  switch (name) {
    case 'escape':
    case 'ctrl+k':
      return { palette: null };
    case 'up':
    case 'ctrl+p':
      return moved(-1);
    case 'down':
    case 'tab':
    case 'ctrl+n':
      return moved(1);
    case 'return':
    case 'ctrl+j': {
      const key = found[palette.chosen]?.keys[0];
      return key === undefined ? { palette } : { palette: null, press: key };
    }
  }
  const query = editedBy(palette.query, name, input, longestQuery);
  return { palette: query ? { query, chosen: 0 } : palette };
}

const longestQuery = 60;

/** Actions with every word that was typed, the palette itself left out. */
function matching(bindings: readonly Binding[], { query }: PaletteState): readonly Binding[] {
  const words = textOf(query).toLowerCase().split(/\s+/u);
  return bindings.filter(({ action, does, label }) => {
    const text = `${does} ${label}`.toLowerCase();
    return action !== 'palette' && words.every((word) => text.includes(word));
  });
}

/** The palette in a frame of at most these rows. */
export function paletteRows(
  palette: PaletteState,
  bindings: readonly Binding[],
  { columns, rows }: { columns: number; rows: number },
): Row[] {
  const found = matching(bindings, palette);
  const { graphemes, cursor } = palette.query;
  const typed: Row = [
    span('› ', 'accent'),
    span(graphemes.slice(0, cursor).join('')),
    span(graphemes[cursor] ?? ' ', 'selected'),
    span(graphemes.slice(cursor + 1).join('')),
    ...(graphemes.length === 0 ? [span('  type to narrow', 'muted')] : []),
  ];
  const labels = Math.max(0, ...found.map(({ label }) => label.length)) + 2;
  const lines = found.map(({ label, does }, index): Row => {
    const isChosen = index === palette.chosen;
    return [
      span(isChosen ? '▸ ' : '  ', 'accent'),
      span(column(label, labels), 'accent'),
      span(does, isChosen ? 'strong' : 'text'),
    ];
  });
  const none: Row[] =
    found.length === 0 ? [[span('  nothing that can be done here has these words', 'muted')]] : [];
  const height = Math.min(rows, lines.length + none.length + 4);
  const room = Math.max(1, height - 4);
  const first = Math.max(0, Math.min(palette.chosen - Math.floor(room / 2), lines.length - room));
  return framed({
    title: 'what can be done here',
    hint: '↑ ↓ choose · Enter does it · Esc closes',
    content: [typed, emptyRow, ...none, ...lines.slice(first, first + room)],
    columns,
    rows: height,
    scroll: 0,
  });
}
