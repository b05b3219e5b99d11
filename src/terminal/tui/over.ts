import { type Binding, helpRows } from './bindings.ts';
import type { KeyPress } from './key-name.ts';
import { openPalette, type PaletteState, paletteAfter, paletteRows } from './palette.ts';
import type { Row } from './span.ts';

/** What lies over a screen of rows: its keys, or everything that can be done on it. */
export type Over =
  | null
  | { readonly type: 'help'; readonly scroll: number }
  | { readonly type: 'palette'; readonly palette: PaletteState };

export function overWith(type: 'help' | 'palette'): Over {
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
  return {
    over:
      by === undefined ? null : { ...over, scroll: Math.min(bindings.length, Math.max(0, over.scroll + by)) },
  };
}

/** How far a key scrolls the help; any other closes it. */
const distances: Readonly<Record<string, number>> = {
  ...{ down: 1, j: 1, up: -1, k: -1, pagedown: 10, space: 10, pageup: -10, 'ctrl+d': 10, 'ctrl+u': -10 },
  ...{ g: -1e6, home: -1e6, G: 1e6, end: 1e6 },
};

/** Its rows, at most as many as there are. */
export function overRows(
  over: NonNullable<Over>,
  bindings: readonly Binding[],
  size: { columns: number; rows: number },
): Row[] {
  return over.type === 'help'
    ? helpRows(bindings, { ...size, scroll: over.scroll })
    : paletteRows(over.palette, bindings, size);
}
