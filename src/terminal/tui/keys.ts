/** What a key makes happen; `actions.ts` says how. */
export type ActionName =
  | 'pause'
  | 'step'
  | 'ask'
  | 'focus'
  | 'focus-next'
  | 'focus-previous'
  | 'zoom'
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'top'
  | 'end'
  | 'next-turn'
  | 'previous-turn'
  | 'search'
  | 'jump'
  | 'notes'
  | 'evidence'
  | 'passages'
  | 'copy'
  | 'faster'
  | 'slower'
  | 'help'
  | 'close'
  | 'redraw'
  | 'suspend'
  | 'quit'
  | 'interrupt';

export interface KeyBinding {
  /** Names as `keyName` gives them. */
  readonly keys: readonly string[];
  /** How they are written for people. */
  readonly label: string;
  readonly does: string;
  readonly action: ActionName;
  readonly group: 'run' | 'read' | 'look closer' | 'leave';
  /** In which runs the key works; in all unless said. */
  readonly only?: 'live' | 'replay';
  /** Works on the full screen alone: inline, what was said stands on the normal screen, and the terminal scrolls it. */
  readonly isFullOnly?: true;
}

/** Where a key is pressed. */
export interface KeyPlace {
  readonly isReplay: boolean;
  readonly isFull: boolean;
}

/** Every key, once: what handles keys, the help and the README's list are all made from this. */
export const keyTable: readonly KeyBinding[] = [
  { keys: ['space'], label: 'space', does: 'pause, and go on', action: 'pause', group: 'run' },
  { keys: ['s'], label: 's', does: 'one turn, then pause', action: 'step', group: 'run' },
  { keys: ['i'], label: 'i', does: 'ask the debate a question', action: 'ask', group: 'run', only: 'live' },
  { keys: ['+', '='], label: '+', does: 'replay faster', action: 'faster', group: 'run', only: 'replay' },
  { keys: ['-'], label: '-', does: 'replay slower', action: 'slower', group: 'run', only: 'replay' },
  { keys: ['j', 'down'], label: 'j ↓', does: 'down', action: 'down', group: 'read', isFullOnly: true },
  { keys: ['k', 'up'], label: 'k ↑', does: 'up', action: 'up', group: 'read', isFullOnly: true },
  {
    keys: ['pagedown', 'ctrl+d'],
    label: 'PgDn',
    does: 'a page down',
    action: 'page-down',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['pageup', 'ctrl+u'],
    label: 'PgUp',
    does: 'a page up',
    action: 'page-up',
    group: 'read',
    isFullOnly: true,
  },
  { keys: ['g', 'home'], label: 'g', does: 'to the start', action: 'top', group: 'read', isFullOnly: true },
  {
    keys: ['G', 'end'],
    label: 'G',
    does: 'to the end, and follow it',
    action: 'end',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['['],
    label: '[',
    does: 'the turn before',
    action: 'previous-turn',
    group: 'read',
    isFullOnly: true,
  },
  { keys: [']'], label: ']', does: 'the turn after', action: 'next-turn', group: 'read', isFullOnly: true },
  {
    keys: ['t', ':'],
    label: 't',
    does: 'jump to a turn (12) or round (r3)',
    action: 'jump',
    group: 'read',
    isFullOnly: true,
  },
  { keys: ['/'], label: '/', does: 'search', action: 'search', group: 'read', isFullOnly: true },
  {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: '1-4',
    does: 'focus a persona',
    action: 'focus',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['tab'],
    label: 'Tab',
    does: 'focus the next persona',
    action: 'focus-next',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['shift+tab'],
    label: 'Shift+Tab',
    does: 'focus the one before',
    action: 'focus-previous',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['z'],
    label: 'z',
    does: 'zoom: the exchange alone, or the persona in focus',
    action: 'zoom',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['e'],
    label: 'e',
    does: 'the evidence behind a position',
    action: 'evidence',
    group: 'look closer',
  },
  {
    keys: ['p'],
    label: 'p',
    does: 'the passages that the turn cites, and what it quotes wrongly',
    action: 'passages',
    group: 'look closer',
  },
  { keys: ['n'], label: 'n', does: 'show private notes', action: 'notes', group: 'look closer' },
  { keys: ['y'], label: 'y', does: 'copy the turn', action: 'copy', group: 'look closer' },
  { keys: ['?'], label: '?', does: 'this help', action: 'help', group: 'leave' },
  { keys: ['escape'], label: 'Esc', does: 'close, or drop the focus', action: 'close', group: 'leave' },
  { keys: ['ctrl+l'], label: 'Ctrl+L', does: 'draw the screen anew', action: 'redraw', group: 'leave' },
  { keys: ['ctrl+z'], label: 'Ctrl+Z', does: 'suspend; fg comes back', action: 'suspend', group: 'leave' },
  { keys: ['q'], label: 'q', does: 'save and quit', action: 'quit', group: 'leave' },
  {
    keys: ['ctrl+c'],
    label: 'Ctrl+C',
    does: 'save and quit; twice leaves at once',
    action: 'interrupt',
    group: 'leave',
  },
];

export function bindingOf(key: string, place: KeyPlace): KeyBinding | null {
  return keysFor(place).find(({ keys }) => keys.includes(key)) ?? null;
}

/** The bindings that work in a live run or in a replay, on the full screen or inline. */
export function keysFor({ isReplay, isFull }: KeyPlace): KeyBinding[] {
  const run = isReplay ? 'replay' : 'live';
  return keyTable.filter(({ only = run, isFullOnly }) => only === run && (isFull || !isFullOnly));
}

/** The table as Markdown rows, for the README. */
export function keyListMarkdown(): string {
  const rows = keyTable.map(({ label, does, only }) => {
    const where = only === 'replay' ? ' (replay)' : '';
    return `| \`${label}\` | ${does}${where} |`;
  });
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}
