import { type Binding, bindingTable, helpBinding, paletteBinding, terminalBindings } from './bindings.ts';

/** What a key makes happen; `actions.ts` says how. */
export type ActionName =
  | 'pause'
  | 'step'
  | 'ask'
  | 'seat'
  | 'write'
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
  | 'why'
  | 'copy'
  | 'faster'
  | 'slower'
  | 'finish-turn'
  | 'help'
  | 'palette'
  | 'close'
  | 'redraw'
  | 'suspend'
  | 'quit'
  | 'interrupt';

export interface KeyBinding extends Binding<ActionName> {
  readonly group: 'run' | 'read' | 'look closer' | 'screen';
  /** When the key works; always unless said: while a run of one's own goes on, while anything goes on, where words come at a pace, with a persona in focus whose seat can be taken, or while a person's words are awaited. */
  readonly needs?: 'live' | 'going' | 'pace' | 'focus' | 'awaited';
  /** Works on the full screen alone: inline, what was said stands on the normal screen, and the terminal scrolls it. */
  readonly isFullOnly?: true;
}

/** Where a key is pressed. */
export interface KeyPlace {
  readonly isReplay: boolean;
  readonly isFull: boolean;
  /** Words come at a pace that can be changed. */
  readonly isPaced: boolean;
  /** The debate has ended; a replay never has, for it can go back. */
  readonly isOver: boolean;
  /** Is a persona in focus whose seat a person can take, and are a person's words awaited? */
  readonly seat?: { readonly isFocused: boolean; readonly isAwaited: boolean };
}

/** Every key, once: what handles keys, the help and the README's list are all made from this. */
export const keyTable: readonly KeyBinding[] = [
  {
    keys: ['space'],
    label: 'space',
    does: 'pause or continue',
    action: 'pause',
    group: 'run',
    needs: 'going',
  },
  {
    keys: ['s'],
    label: 's',
    does: 'with a persona in focus: take its seat and write its speeches, or give it back',
    action: 'seat',
    group: 'run',
    needs: 'focus',
  },
  {
    keys: ['return', 'ctrl+j'],
    label: 'Enter',
    does: 'write the speech that is awaited',
    action: 'write',
    group: 'run',
    needs: 'awaited',
  },
  {
    keys: ['s', '.'],
    label: 's .',
    does: 'one turn, then pause',
    action: 'step',
    group: 'run',
    needs: 'going',
  },
  { keys: ['i'], label: 'i', does: 'ask the debate a question', action: 'ask', group: 'run', needs: 'live' },
  { keys: ['+', '='], label: '+', does: 'go faster', action: 'faster', group: 'run', needs: 'pace' },
  { keys: ['-'], label: '-', does: 'go slower', action: 'slower', group: 'run', needs: 'pace' },
  {
    keys: ['>'],
    label: '>',
    does: 'go to the end of the turn',
    action: 'finish-turn',
    group: 'run',
    needs: 'pace',
  },
  { keys: ['j', 'down'], label: 'j ↓', does: 'scroll down', action: 'down', group: 'read', isFullOnly: true },
  { keys: ['k', 'up'], label: 'k ↑', does: 'scroll up', action: 'up', group: 'read', isFullOnly: true },
  {
    keys: ['pagedown', 'ctrl+d'],
    label: 'PgDn',
    does: 'scroll a page down',
    action: 'page-down',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['pageup', 'ctrl+u'],
    label: 'PgUp',
    does: 'scroll a page up',
    action: 'page-up',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['g', 'home'],
    label: 'g',
    does: 'go to the start',
    action: 'top',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['G', 'end'],
    label: 'G',
    does: 'go to the end and follow it',
    action: 'end',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['['],
    label: '[',
    does: 'go to the previous turn',
    action: 'previous-turn',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: [']'],
    label: ']',
    does: 'go to the next turn',
    action: 'next-turn',
    group: 'read',
    isFullOnly: true,
  },
  {
    keys: ['t'],
    label: 't',
    does: 'go to a turn (12) or a round (r3)',
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
    does: 'focus the previous persona',
    action: 'focus-previous',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['z'],
    label: 'z',
    does: 'hide the panel; with a persona in focus, show its turns alone',
    action: 'zoom',
    group: 'look closer',
    isFullOnly: true,
  },
  {
    keys: ['e'],
    label: 'e',
    does: 'show the evidence behind a position; b labels it',
    action: 'evidence',
    group: 'look closer',
  },
  {
    keys: ['p'],
    label: 'p',
    does: 'compare the turn with the passages it cites',
    action: 'passages',
    group: 'look closer',
  },
  {
    keys: ['w'],
    label: 'w',
    does: 'show why a position changed',
    action: 'why',
    group: 'look closer',
  },
  { keys: ['n'], label: 'n', does: 'show or hide private notes', action: 'notes', group: 'look closer' },
  { keys: ['y'], label: 'y', does: 'copy the turn', action: 'copy', group: 'look closer' },
  helpBinding,
  paletteBinding,
  { keys: ['escape'], label: 'Esc', does: 'close, or clear the focus', action: 'close', group: 'screen' },
  ...terminalBindings,
  { keys: ['q'], label: 'q', does: 'save and quit', action: 'quit', group: 'screen' },
  {
    keys: ['ctrl+c'],
    label: 'Ctrl+C',
    does: 'save and quit; twice leaves at once',
    action: 'interrupt',
    group: 'screen',
  },
];

export function bindingOf(key: string, place: KeyPlace): KeyBinding | null {
  return keysFor(place).find(({ keys }) => keys.includes(key)) ?? null;
}

/** The bindings that work in a place. */
export function keysFor({ isReplay, isFull, isPaced, isOver, seat }: KeyPlace): KeyBinding[] {
  const holds = {
    live: !isReplay && !isOver,
    going: !isOver,
    pace: isPaced && !isOver,
    focus: !isReplay && !isOver && seat?.isFocused === true,
    awaited: !isOver && seat?.isAwaited === true,
  };
  return keyTable.filter(
    ({ needs, isFullOnly }) => (needs === undefined || holds[needs]) && (isFull || !isFullOnly),
  );
}

/** The table as Markdown, for the documents. */
export function keyListMarkdown(): string {
  return bindingTable(keyTable, ({ needs }) => {
    if (needs === 'pace') return ' (replays and simulated debates)';
    return needs === 'focus' || needs === 'awaited' ? ' (debates under way)' : '';
  });
}
