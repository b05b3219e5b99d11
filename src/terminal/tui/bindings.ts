import { type Row, rowWidth, span } from './span.ts';

/** What a key does on a screen. A screen's keys, its help, its palette and docs/keys.md are made from one table of these. */
export interface Binding<Action extends string = string> {
  /** Names as `keyName` gives them; the palette presses the first. */
  readonly keys: readonly string[];
  /** How they are written for people. */
  readonly label: string;
  readonly does: string;
  readonly action: Action;
  readonly group: string;
}

const keyNames: Readonly<Record<string, string>> = {
  ...{
    return: 'Enter',
    escape: 'Esc',
    tab: 'Tab',
    'shift+tab': 'Shift+Tab',
    pagedown: 'PgDn',
    pageup: 'PgUp',
  },
  ...{ 'ctrl+c': 'Ctrl+C', 'ctrl+l': 'Ctrl+L', 'ctrl+z': 'Ctrl+Z' },
};

/** A line of a table of keys: the keys with spaces between them, and what they do; the first key is their label by default. */
type Line<One extends Binding> = readonly [
  keys: string,
  action: One['action'],
  does: string,
  more?: Partial<Omit<One, 'keys' | 'action' | 'does' | 'group'>>,
];

/** The bindings of a group; `shared` holds for each of them that says nothing else. */
export function bindingsOf<One extends Binding>(
  group: One['group'],
  lines: readonly Line<One>[],
  shared: Line<One>[3] = {},
): One[] {
  return lines.map(([keys, action, does, more]) => {
    const names = keys.split(' ');
    const label = keyNames[names[0] ?? ''] ?? names[0];
    return { keys: names, label, does, action, group, ...shared, ...more } as unknown as One;
  });
}

/** On every screen: all that can be done on it. */
export const paletteBinding = {
  keys: ['ctrl+k', ':'],
  label: ':',
  does: 'list everything that can be done here (also Ctrl+K)',
  action: 'palette',
  group: 'screen',
} as const;

/** On every screen: the keys that work on it. */
export const helpBinding = {
  keys: ['?'],
  label: '?',
  does: 'show the keys that work here',
  short: 'help',
  action: 'help',
  group: 'screen',
} as const;

/** On every screen: what concerns the terminal. */
export const terminalBindings = [
  { keys: ['ctrl+l'], label: 'Ctrl+L', does: 'redraw the screen', action: 'redraw', group: 'screen' },
  {
    keys: ['ctrl+z'],
    label: 'Ctrl+Z',
    does: 'suspend; fg brings it back',
    action: 'suspend',
    group: 'screen',
  },
] as const;

/** A key worth a reminder, in a word. */
export interface Hint {
  readonly label: string;
  readonly word: string;
}

/** As many hints as there is room for, the most needed first; they stand in the order given. */
export function hintSpans(hints: readonly Hint[], columns: number, rank: (hint: number) => number): Row {
  let room = columns;
  return hints
    .map(({ label, word }, place) => ({
      place,
      row: [span(label, 'accent'), span(word && ` ${word}`, 'muted')],
    }))
    .sort((one, other) => rank(one.place) - rank(other.place))
    .filter(({ row }) => {
      const fits = rowWidth(row) <= room;
      if (fits) room -= rowWidth(row) + 2;
      return fits;
    })
    .sort((one, other) => one.place - other.place)
    .flatMap(({ row }, at) => (at === 0 ? row : [span('  '), ...row]));
}

/** Bindings as a Markdown table; `where` says when one works only sometimes. */
export function bindingTable<One extends Binding>(
  bindings: readonly One[],
  where: (binding: One) => string = () => '',
): string {
  const rows = bindings.map((one) => `| \`${one.label}\` | ${one.does}${where(one)} |`);
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}
