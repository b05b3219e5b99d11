import { type Binding, bindingsOf, helpBinding, paletteBinding, terminalBindings } from '../tui/bindings.ts';
import type { ProgressState } from './progress-state.ts';

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
