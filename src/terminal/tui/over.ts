import { wrapText } from '../../text/columns.ts';
import type { Binding } from './bindings.ts';
import { cursorSpans, type EditorState, editedBy, emptyEditor, textOf } from './editor.ts';
import type { KeyPress } from './key-name.ts';
import { column, emptyRow, framed, type Row, type Size, span } from './span.ts';

/** What lies over a screen of rows: its keys, or everything that can be done on it. */
export type Over =
  | null
  | { readonly type: 'help'; readonly scroll: number }
  | { readonly type: 'palette'; readonly palette: PaletteState };

export function overWith(type: 'help' | 'palette'): NonNullable<Over> {
  return type === 'help' ? { type, scroll: 0 } : { type, palette: openPalette };
}

/** What a key makes of it, and the key that the palette presses in the person's place. */
export function overAfter(
  over: NonNullable<Over>,
  key: KeyPress,
  bindings: readonly Binding[],
): { over: Over; press?: string } {
  if (over.type === 'palette') {
    const { palette, press } = paletteAfter(over.palette, key, bindings);
    const next: Over = palette ? { type: 'palette', palette } : null;
    return press === undefined ? { over: next } : { over: next, press };
  }
  const by = distances[key.name];
  if (by === undefined) return { over: null };
  return { over: { ...over, scroll: Math.min(bindings.length, Math.max(0, over.scroll + by)) } };
}

/** How far a key scrolls the help; any other closes it. */
const distances: Readonly<Record<string, number>> = {
  ...{ down: 1, j: 1, up: -1, k: -1, pagedown: 10, space: 10, pageup: -10, 'ctrl+d': 10, 'ctrl+u': -10 },
  ...{ g: -1e6, home: -1e6, G: 1e6, end: 1e6 },
};

/** Its rows, at most as many as there are. */
export function overRows(over: NonNullable<Over>, bindings: readonly Binding[], size: Size): Row[] {
  return over.type === 'help'
    ? helpRows(bindings, { ...size, scroll: over.scroll })
    : paletteRows(over.palette, bindings, size);
}

const labelColumns = 13;

/** The bindings by group, in a frame of exactly this size. */
function helpRows(bindings: readonly Binding[], { columns, rows, scroll }: Size & { scroll: number }): Row[] {
  const groups = [...new Set(bindings.map(({ group }) => group))];
  const content = groups.flatMap((group): Row[] => [
    [span(group.toUpperCase(), 'muted')],
    ...bindings
      .filter((binding) => binding.group === group)
      .flatMap(({ label, does }) =>
        wrapText(does, columns - labelColumns - 4).map((line, index): Row => {
          return [span(column(index === 0 ? `  ${label}` : '', labelColumns), 'accent'), span(line)];
        }),
      ),
    emptyRow,
  ]);
  const hint = 'j k scroll · Esc closes';
  return framed({ title: 'keys that work here', hint, content, columns, rows, scroll });
}

/** A list of everything that can be done where it was opened, narrowed by what is typed. */
interface PaletteState {
  readonly query: EditorState;
  /** Place among the actions that match. */
  readonly chosen: number;
}

const openPalette: PaletteState = { query: emptyEditor, chosen: 0 };

/** What a key makes of an open palette: another state of it, null where it closes, or the key that its chosen action has. */
function paletteAfter(
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
function paletteRows(palette: PaletteState, bindings: readonly Binding[], { columns, rows }: Size): Row[] {
  const found = matching(bindings, palette);
  const { graphemes, cursor } = palette.query;
  const hint = graphemes.length === 0 ? [span('  type to narrow', 'muted')] : [];
  const typed: Row = [span('› ', 'accent'), ...cursorSpans(graphemes, cursor), ...hint];
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
