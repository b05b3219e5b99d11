import { sanitizeLine } from '../../text/sanitize.ts';
import {
  type Binding,
  bindingsOf,
  helpBinding,
  hintSpans,
  paletteBinding,
  terminalBindings,
} from '../tui/bindings.ts';
import { type Row, rowWidth, span } from '../tui/span.ts';
import type { ProgressState } from './progress-state.ts';
import { roomForWords, several } from './progress-words.ts';

/** What of a plan's progress is on the screen. */
type ProgressPlace = 'overview' | 'tree' | 'strain' | 'failures' | 'debate';

/** What a person looks at, as far as it decides which keys work. */
interface ProgressLook {
  readonly on: ProgressPlace;
  readonly chosen: string | null;
  readonly strain?: string | null;
}

type ProgressAction =
  | ('open' | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'sort' | 'failures')
  | (
      | 'changes'
      | 'tree'
      | 'pause'
      | 'budget'
      | 'back'
      | 'help'
      | 'palette'
      | 'redraw'
      | 'suspend'
      | 'interrupt'
    );

export interface ProgressBinding extends Binding<ProgressAction> {
  /** A word for the footer. */
  readonly short?: string;
  readonly on?: readonly ProgressPlace[];
  /** Works only where the work can be changed from here, where debates can be opened, or where strategies grow in a tree. */
  readonly needs?: 'controls' | 'debates' | 'tree';
}

/** Every key of the progress screen, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const progressKeys: readonly ProgressBinding[] = [
  ...bindingsOf<ProgressBinding>(
    'debates',
    [
      ['return', 'open', 'open the chosen debate', { short: 'open', on: ['overview', 'failures'] }],
      ['s', 'sort', 'sort the running debates another way', { short: 'sort', on: ['overview'] }],
    ],
    { needs: 'debates' },
  ),
  ...bindingsOf<ProgressBinding>('debates', [
    [
      'f',
      'failures',
      'show everything that went wrong',
      { short: 'failures', on: ['overview', 'tree', 'failures'] },
    ],
  ]),
  ...bindingsOf<ProgressBinding>(
    'move',
    [
      ['down j', 'down', 'go down', { label: '↓ j' }],
      ['up k', 'up', 'go up', { label: '↑ k' }],
      ['pagedown space', 'page-down', 'go a page down'],
      ['pageup', 'page-up', 'go a page up'],
      ['g home', 'first', 'go to the first'],
      ['G end', 'last', 'go to the last'],
    ],
    { needs: 'debates' },
  ),
  ...bindingsOf<ProgressBinding>(
    'strategies',
    [
      [
        'return d',
        'changes',
        'show what the chosen strategy changed',
        { short: 'what it changed', on: ['tree'] },
      ],
      [
        't',
        'tree',
        'show the tree of strategies, or the debates',
        { short: 'tree or debates', on: ['overview', 'tree'] },
      ],
    ],
    { needs: 'tree' },
  ),
  ...bindingsOf<ProgressBinding>(
    'the batch',
    [
      ['p', 'pause', 'pause: begin no call, or go on', { short: 'pause' }],
      ['b', 'budget', 'change the budget', { short: 'budget' }],
    ],
    { needs: 'controls' },
  ),
  ...bindingsOf<ProgressBinding>('screen', [['escape q', 'back', 'go back', { short: 'back' }]]),
  helpBinding,
  paletteBinding,
  ...terminalBindings,
  ...bindingsOf<ProgressBinding>('screen', [
    ['ctrl+c', 'interrupt', 'end it well: what is under way may end, and is saved; twice leaves at once'],
  ]),
];

/** The bindings that work on what a person looks at. */
export function progressKeysOn(
  { on, chosen, strain = null }: ProgressLook,
  { controls, tree }: Pick<ProgressState, 'controls' | 'tree'>,
  canOpen: boolean,
): readonly ProgressBinding[] {
  const holds = { controls: controls !== null, debates: canOpen, tree: tree !== undefined };
  return progressKeys.filter(
    ({ on: places, needs, action }) =>
      (places?.includes(on) ?? true) &&
      (needs === undefined || holds[needs]) &&
      (action !== 'back' || on !== 'overview' || chosen !== null) &&
      (action !== 'back' || on !== 'tree' || strain !== null),
  );
}

/** What Ctrl+C does or has done, and how much is still under way. */
export function footerRow(
  { who, stopping, isInterrupted, providers, debates, controls }: ProgressState,
  view: ProgressLook & { readonly typed: string | null },
  keys: readonly ProgressBinding[],
  columns: number,
): Row {
  const isNarrow = columns < roomForWords;
  if (view.typed !== null) {
    return [
      span(' New budget in US dollars: ', 'strong'),
      span(`${view.typed}▏`),
      span(isNarrow ? '' : '  Enter sets it, empty removes it, Esc cancels', 'muted'),
    ];
  }
  const isPaused = controls?.isPaused === true;
  if (view.on !== 'overview' && view.on !== 'tree') return keysRow(keys, { columns, isNarrow, isPaused });
  if (stopping === null) {
    const [short, long] = leaving[who.type];
    const own = [span(' Ctrl+C', 'accent'), span(isNarrow || controls !== null ? short : long, 'muted')];
    const paused = isPaused ? [span(' PAUSED ', 'mark')] : [];
    const room = columns - rowWidth([...paused, ...own]);
    return [...paused, ...keysRow(keys, { columns: room, isNarrow, isPaused }), ...own];
  }
  const calls = providers.reduce((sum, { underWay }) => sum + underWay, 0);
  const finishing =
    calls > 0
      ? `Finishing ${several(calls, 'call')} of ${several(debates.length, 'debate')}, then all is saved.`
      : debates.length > 0
        ? `Saving ${several(debates.length, 'debate')}.`
        : 'Saving.';
  const again = isInterrupted ? ' Ctrl+C again leaves at once.' : ' Ctrl+C leaves at once.';
  if (isNarrow) {
    const short = calls > 0 ? ` Finishing ${several(calls, 'call')}.` : ` ${finishing}`;
    return [span(short, 'caution'), span(' ^C: leave now', 'muted')];
  }
  const why = isInterrupted ? [] : [span(` ${sanitizeLine(stopping)}`, 'strong')];
  return [...why, span(` ${finishing}`, 'caution'), span(again, 'muted')];
}

/** As many of the keys as there is room for, that of the help before all others, in the order of their table. */
function keysRow(
  bindings: readonly ProgressBinding[],
  { columns, isNarrow, isPaused }: { columns: number; isNarrow: boolean; isPaused: boolean },
): Row {
  const keys = bindings.filter(({ short }) => short !== undefined);
  const hints = keys.map(({ label, short = '', action }) => ({
    label: action === 'open' ? `↑↓ ${label}` : label,
    word: isNarrow ? '' : action === 'pause' && isPaused ? 'go on' : short,
  }));
  return [span(' '), ...hintSpans(hints, columns - 1, (at) => Number(keys[at]?.action !== 'help'))];
}

/** What Ctrl+C does, in few words and in more. */
const leaving: Record<ProgressState['who']['type'], readonly [short: string, long: string]> = {
  batch: [' stops cleanly', ' finishes the calls in progress, saves and quits'],
  worker: [' stops cleanly', ' finishes the calls in progress, saves, returns its debates and quits'],
  watcher: [' leaves', ' quits; workers continue'],
};
