import {
  type Binding,
  bindingsOf,
  bindingTable,
  helpBinding,
  paletteBinding,
  terminalBindings,
} from './bindings.ts';

/** What a key makes happen; `actions.ts` says how. */
export type ActionName =
  | ('pause' | 'step' | 'ask' | 'seat' | 'write' | 'faster' | 'slower' | 'finish-turn')
  | ('focus' | 'focus-next' | 'focus-previous' | 'zoom')
  | (
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
    )
  | ('notes' | 'evidence' | 'passages' | 'why' | 'copy')
  | ('help' | 'palette' | 'close' | 'redraw' | 'suspend' | 'quit' | 'interrupt');

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
  ...bindingsOf<KeyBinding>('run', [
    ['space', 'pause', 'pause or continue', { needs: 'going' }],
    [
      's',
      'seat',
      'with a persona in focus: take its seat and write its speeches, or give it back',
      { needs: 'focus' },
    ],
    ['return ctrl+j', 'write', 'write the speech that is awaited', { needs: 'awaited' }],
    ['s .', 'step', 'one turn, then pause', { label: 's .', needs: 'going' }],
    ['i', 'ask', 'ask the debate a question', { needs: 'live' }],
    ['+ =', 'faster', 'go faster', { needs: 'pace' }],
    ['-', 'slower', 'go slower', { needs: 'pace' }],
    ['>', 'finish-turn', 'go to the end of the turn', { needs: 'pace' }],
  ]),
  ...bindingsOf<KeyBinding>(
    'read',
    [
      ['j down', 'down', 'scroll down', { label: 'j ↓' }],
      ['k up', 'up', 'scroll up', { label: 'k ↑' }],
      ['pagedown ctrl+d', 'page-down', 'scroll a page down'],
      ['pageup ctrl+u', 'page-up', 'scroll a page up'],
      ['g home', 'top', 'go to the start'],
      ['G end', 'end', 'go to the end and follow it'],
      ['[', 'previous-turn', 'go to the previous turn'],
      [']', 'next-turn', 'go to the next turn'],
      ['t', 'jump', 'go to a turn (12) or a round (r3)'],
      ['/', 'search', 'search'],
    ],
    { isFullOnly: true },
  ),
  ...bindingsOf<KeyBinding>(
    'look closer',
    [
      ['1 2 3 4 5 6 7 8 9', 'focus', 'focus a persona', { label: '1-4' }],
      ['tab', 'focus-next', 'focus the next persona'],
      ['shift+tab', 'focus-previous', 'focus the previous persona'],
      ['z', 'zoom', 'hide the panel; with a persona in focus, show its turns alone'],
    ],
    { isFullOnly: true },
  ),
  ...bindingsOf<KeyBinding>('look closer', [
    ['e', 'evidence', 'show the evidence behind a position; b labels it'],
    ['p', 'passages', 'compare the turn with the passages it cites'],
    ['w', 'why', 'show why a position changed'],
    ['n', 'notes', 'show or hide private notes'],
    ['y', 'copy', 'copy the turn'],
  ]),
  helpBinding,
  paletteBinding,
  ...bindingsOf<KeyBinding>('screen', [['escape', 'close', 'close, or clear the focus']]),
  ...terminalBindings,
  ...bindingsOf<KeyBinding>('screen', [
    ['q', 'quit', 'save and quit'],
    ['ctrl+c', 'interrupt', 'save and quit; twice leaves at once'],
  ]),
];

export function bindingOf(key: string, place: KeyPlace): KeyBinding | null {
  return keysFor(place).find(({ keys }) => keys.includes(key)) ?? null;
}

/** Why a key of the table does nothing in a place; null for keys that are not in it, or have nothing to wait for. */
export function whyNot(key: string, { isReplay, isFull, isOver }: KeyPlace): string | null {
  const binding = keyTable.find(({ keys }) => keys.includes(key));
  if (!binding) return null;
  const { label, needs, isFullOnly } = binding;
  if (isFullOnly && !isFull) return `${label} is for the whole screen`;
  if (isOver) return `${label}: the debate is over`;
  if (needs === 'pace') return `${label} is for replays and simulated debates`;
  return needs === 'live' && isReplay ? `${label} is for debates under way; this one is stored` : null;
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
