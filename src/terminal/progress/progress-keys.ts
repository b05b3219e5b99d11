import { type Binding, helpBinding, paletteBinding, terminalBindings } from '../tui/bindings.ts';
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
  | 'open'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'sort'
  | 'failures'
  | 'changes'
  | 'tree'
  | 'pause'
  | 'budget'
  | 'back'
  | 'help'
  | 'palette'
  | 'redraw'
  | 'suspend'
  | 'interrupt';

export interface ProgressBinding extends Binding<ProgressAction> {
  /** A word for the footer. */
  readonly short?: string;
  readonly on?: readonly ProgressPlace[];
  /** Works only where the work can be changed from here, where debates can be opened, or where strategies grow in a tree. */
  readonly needs?: 'controls' | 'debates' | 'tree';
}

/** Every key of the progress screen, once: what handles keys, the help, the palette and docs/keys.md are made from this. */
export const progressKeys: readonly ProgressBinding[] = [
  {
    keys: ['return'],
    label: 'Enter',
    does: 'open the chosen debate',
    short: 'open',
    action: 'open',
    group: 'debates',
    on: ['overview', 'failures'],
    needs: 'debates',
  },
  { keys: ['down', 'j'], label: '↓ j', does: 'go down', action: 'down', group: 'move', needs: 'debates' },
  { keys: ['up', 'k'], label: '↑ k', does: 'go up', action: 'up', group: 'move', needs: 'debates' },
  {
    keys: ['pagedown', 'space'],
    label: 'PgDn',
    does: 'go a page down',
    action: 'page-down',
    group: 'move',
    needs: 'debates',
  },
  {
    keys: ['pageup'],
    label: 'PgUp',
    does: 'go a page up',
    action: 'page-up',
    group: 'move',
    needs: 'debates',
  },
  {
    keys: ['g', 'home'],
    label: 'g',
    does: 'go to the first',
    action: 'first',
    group: 'move',
    needs: 'debates',
  },
  { keys: ['G', 'end'], label: 'G', does: 'go to the last', action: 'last', group: 'move', needs: 'debates' },
  {
    keys: ['s'],
    label: 's',
    does: 'sort the running debates another way',
    short: 'sort',
    action: 'sort',
    group: 'debates',
    on: ['overview'],
    needs: 'debates',
  },
  {
    keys: ['return', 'd'],
    label: 'Enter',
    does: 'show what the chosen strategy changed',
    short: 'what it changed',
    action: 'changes',
    group: 'strategies',
    on: ['tree'],
    needs: 'tree',
  },
  {
    keys: ['t'],
    label: 't',
    does: 'show the tree of strategies, or the debates',
    short: 'tree or debates',
    action: 'tree',
    group: 'strategies',
    on: ['overview', 'tree'],
    needs: 'tree',
  },
  {
    keys: ['f'],
    label: 'f',
    does: 'show everything that went wrong',
    short: 'failures',
    action: 'failures',
    group: 'debates',
    on: ['overview', 'tree', 'failures'],
  },
  {
    keys: ['p'],
    label: 'p',
    does: 'pause: begin no call, or go on',
    short: 'pause',
    action: 'pause',
    group: 'the batch',
    needs: 'controls',
  },
  {
    keys: ['b'],
    label: 'b',
    does: 'change the budget',
    short: 'budget',
    action: 'budget',
    group: 'the batch',
    needs: 'controls',
  },
  { keys: ['escape', 'q'], label: 'Esc', does: 'go back', short: 'back', action: 'back', group: 'screen' },
  helpBinding,
  paletteBinding,
  ...terminalBindings,
  {
    keys: ['ctrl+c'],
    label: 'Ctrl+C',
    does: 'end it well: what is under way may end, and is saved; twice leaves at once',
    action: 'interrupt',
    group: 'screen',
  },
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
