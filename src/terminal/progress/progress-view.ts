import type { KeyPress } from '../tui/key-name.ts';
import { type Over, overAfter, overWith } from '../tui/over.ts';
import { progressKeysOn } from './progress-keys.ts';
import type { ProgressState, RunningDebate } from './progress-state.ts';

/** In which order running debates stand. */
const sorts = ['begun', 'name', 'behind'] as const;
export type Sort = (typeof sorts)[number];

/** What a person looks at on the progress screen, what lies over it, and what they are typing. */
export type ProgressView = {
  readonly sort: Sort;
  /** Name of the debate that is chosen; null for none. */
  readonly chosen: string | null;
  /** What was typed of a new budget in US dollars; null while none is asked for. */
  readonly typed: string | null;
  readonly over: Over;
} & (
  | { readonly on: 'overview' }
  /** The tree of strategies; `strain` is the one that is chosen, null for none. */
  | { readonly on: 'tree'; readonly strain: string | null }
  /** What a strategy changed of its parent. */
  | { readonly on: 'strain'; readonly strain: string; readonly above: number }
  /** Rows that are scrolled away: above a list of failures, below the end of a debate. */
  | { readonly on: 'failures'; readonly above: number }
  | {
      readonly on: 'debate';
      readonly debate: string;
      readonly below: number;
      readonly from: 'overview' | 'failures';
    }
);

/** What a key asks of the work itself. */
export type ProgressAsk = { type: 'pause'; isPaused: boolean } | { type: 'budget'; usd: number | null };

export const firstView: ProgressView = {
  on: 'overview',
  sort: 'begun',
  chosen: null,
  typed: null,
  over: null,
};

/** What is looked at first: the tree of strategies where there is one. */
export function firstViewOf({ tree }: Pick<ProgressState, 'tree'>): ProgressView {
  return tree ? { ...firstView, on: 'tree', strain: null } : firstView;
}

interface Pressed {
  view: ProgressView;
  ask?: ProgressAsk;
  /** A key that the palette presses in the person's place. */
  press?: string;
}

interface Surroundings {
  state: ProgressState;
  /** Rows of an opened debate that can be scrolled away. */
  most?: number;
  canOpen?: boolean;
}

/** What a key makes of the view; null where it means nothing here. */
export function pressed(
  view: ProgressView,
  key: KeyPress,
  { state, most = Number.POSITIVE_INFINITY, canOpen = true }: Surroundings,
): Pressed | null {
  if (view.typed !== null) return typing(view, view.typed, key.name);
  const bindings = progressKeysOn(view, state, canOpen);
  if (view.over !== null) {
    const { over, ...press } = overAfter(view.over, key, bindings);
    return { view: { ...view, over }, ...press };
  }
  const action = bindings.find(({ keys }) => keys.includes(key.name))?.action;
  switch (action) {
    case undefined:
    case 'redraw':
    case 'suspend':
    case 'interrupt':
      return null;
    case 'help':
    case 'palette':
      return { view: { ...view, over: overWith(action) } };
    case 'pause':
      return { view, ask: { type: 'pause', isPaused: !state.controls?.isPaused } };
    case 'budget':
      return { view: { ...view, typed: '' } };
    case 'sort':
      return { view: { ...view, sort: sorts[(sorts.indexOf(view.sort) + 1) % sorts.length] ?? 'begun' } };
    case 'failures':
      return {
        view: view.on === 'failures' ? { ...view, on: 'overview' } : { ...view, on: 'failures', above: 0 },
      };
    case 'changes': {
      if (view.on !== 'tree' || view.strain === null) return null;
      return { view: { ...view, on: 'strain', strain: view.strain, above: 0 } };
    }
    case 'tree':
      return {
        view: view.on === 'tree' ? { ...view, on: 'overview' } : { ...view, on: 'tree', strain: null },
      };
    case 'back':
      return { view: backFrom(view) };
    case 'open':
      return opened(view, state);
    default:
      return { view: moved(view, distances[action], state, most) };
  }
}

function backFrom(view: ProgressView): ProgressView {
  if (view.on === 'overview') return { ...view, chosen: null };
  if (view.on === 'tree') return { ...view, strain: null };
  if (view.on === 'strain') return { ...view, on: 'tree', strain: view.strain };
  return view.on === 'debate' && view.from === 'failures'
    ? { ...view, on: 'failures', above: 0 }
    : { ...view, on: 'overview' };
}

function opened(view: ProgressView, { faults, debates }: ProgressState): Pressed | null {
  // Without a choice the first is meant.
  const first = sorted(debates, view.sort)[0]?.debate;
  const debate = view.on === 'failures' ? faults.toReversed()[view.above]?.debate : (view.chosen ?? first);
  if (view.on !== 'overview' && view.on !== 'failures') return null;
  if (debate === null || debate === undefined) return null;
  return { view: { ...view, on: 'debate', debate, below: 0, from: view.on } };
}

/** Rows that a page key scrolls. */
const page = 10;
const distances = { up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -1e6, last: 1e6 };

function moved(
  view: ProgressView,
  by: number,
  { debates, faults, tree }: ProgressState,
  most: number,
): ProgressView {
  switch (view.on) {
    case 'debate':
      return { ...view, below: Math.min(most, Math.max(0, view.below - by)) };
    case 'failures':
      return { ...view, above: Math.min(Math.max(0, faults.length - 1), Math.max(0, view.above + by)) };
    case 'strain':
      return { ...view, above: Math.min(most, Math.max(0, view.above + by)) };
    case 'tree': {
      const strains = tree?.strains ?? [];
      const at = strains.findIndex(({ id }) => id === view.strain);
      return { ...view, strain: strains[neighbour(at, by, strains.length)]?.id ?? null };
    }
    case 'overview': {
      const inOrder = sorted(debates, view.sort);
      const at = inOrder.findIndex(({ debate }) => debate === view.chosen);
      return { ...view, chosen: inOrder[neighbour(at, by, inOrder.length)]?.debate ?? null };
    }
  }
}

/** The choice after the debates have changed: where the chosen one is over, the one that took its row. */
export function withChoice(
  view: ProgressView,
  before: readonly RunningDebate[],
  now: readonly RunningDebate[],
): ProgressView {
  const { chosen, sort } = view;
  if (chosen === null || now.some(({ debate }) => debate === chosen)) return view;
  const at = sorted(before, sort).findIndex(({ debate }) => debate === chosen);
  const inOrder = sorted(now, sort);
  return { ...view, chosen: inOrder[Math.min(Math.max(0, at), inOrder.length - 1)]?.debate ?? null };
}

/** Where one comes to in a list of so many, from nowhere by going up at its end. */
function neighbour(at: number, by: number, count: number): number {
  return at < 0 && by === -1 ? count - 1 : Math.min(count - 1, Math.max(0, at + by));
}

/** A budget as it is typed: digits and a point, Enter sets it, nothing typed takes it away, Escape leaves it. */
function typing(view: ProgressView, typed: string, key: string): { view: ProgressView; ask?: ProgressAsk } {
  const done = { ...view, typed: null };
  if (key === 'escape') return { view: done };
  if (key === 'return') {
    const usd = typed === '' ? null : Number(typed);
    if (usd !== null && !(usd > 0)) return { view };
    return { view: done, ask: { type: 'budget', usd } };
  }
  if (key === 'backspace' || key === 'delete') return { view: { ...view, typed: typed.slice(0, -1) } };
  const longer = typed + key;
  return { view: /^\d{0,7}(\.\d{0,4})?$/.test(longer) ? { ...view, typed: longer } : view };
}

/** `behind`: those that are the least far on first. */
export function sorted(debates: readonly RunningDebate[], sort: Sort): readonly RunningDebate[] {
  switch (sort) {
    case 'begun':
      return debates;
    case 'name':
      return debates.toSorted((one, other) => (one.wholeLabel < other.wholeLabel ? -1 : 1));
    case 'behind':
      return debates.toSorted(
        (one, other) => one.round - other.round || one.turn - other.turn || one.startedAt - other.startedAt,
      );
  }
}
