import type { ProgressState, RunningDebate } from './progress-state.ts';

/** In which order running debates stand. */
const sorts = ['begun', 'name', 'behind'] as const;
export type Sort = (typeof sorts)[number];

/** What a person looks at on the progress screen, and what they are typing. */
export type ProgressView = {
  readonly sort: Sort;
  /** Name of the debate that is chosen; null for none. */
  readonly chosen: string | null;
  /** What was typed of a new budget in US dollars; null while none is asked for. */
  readonly typed: string | null;
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

export const firstView: ProgressView = { on: 'overview', sort: 'begun', chosen: null, typed: null };

/** What is looked at first: the tree of strategies where there is one. */
export function firstViewOf({ tree }: Pick<ProgressState, 'tree'>): ProgressView {
  return tree ? { ...firstView, on: 'tree', strain: null } : firstView;
}

/** Rows that a page key scrolls. */
const page = 10;

/** What a key makes of the view; null where it means nothing here. */
export function pressed(
  view: ProgressView,
  key: string,
  state: ProgressState,
  /** Rows of an opened debate, or of what a strategy changed, that can be scrolled away. */
  most = Number.POSITIVE_INFINITY,
): { view: ProgressView; ask?: ProgressAsk } | null {
  if (view.typed !== null) return typing(view, view.typed, key);
  if (key === 'p' && state.controls !== null) {
    return { view, ask: { type: 'pause', isPaused: !state.controls.isPaused } };
  }
  if (key === 'b' && state.controls !== null) return { view: { ...view, typed: '' } };
  switch (view.on) {
    case 'overview':
      return onOverview(view, key, state);
    case 'failures':
      return onFailures(view, key, state);
    case 'tree':
      return onTree(view, key, state);
    case 'strain': {
      if (key === 'escape' || key === 'q') return { view: { ...view, on: 'tree', strain: view.strain } };
      const by = scrolledBy(key);
      return by === null ? null : { view: { ...view, above: Math.min(most, Math.max(0, view.above + by)) } };
    }
    case 'debate': {
      if (key === 'escape' || key === 'q') {
        return {
          view:
            view.from === 'failures' ? { ...view, on: 'failures', above: 0 } : { ...view, on: 'overview' },
        };
      }
      const by = scrolledBy(key);
      return by === null ? null : { view: { ...view, below: Math.min(most, Math.max(0, view.below - by)) } };
    }
  }
}

function onOverview(
  view: Extract<ProgressView, { on: 'overview' }>,
  key: string,
  state: ProgressState,
): { view: ProgressView } | null {
  const debates = sorted(state.debates, view.sort);
  if (key === 's') {
    const next = sorts[(sorts.indexOf(view.sort) + 1) % sorts.length] ?? 'begun';
    return { view: { ...view, sort: next } };
  }
  if (key === 'f') return { view: { ...view, on: 'failures', above: 0 } };
  if (key === 't' && state.tree) return { view: { ...view, on: 'tree', strain: null } };
  if (key === 'escape') return { view: { ...view, chosen: null } };
  if (key === 'return' && view.chosen !== null) {
    return { view: { ...view, on: 'debate', debate: view.chosen, below: 0, from: 'overview' } };
  }
  const by = scrolledBy(key);
  if (by === null || debates.length === 0) return null;
  const at = debates.findIndex(({ debate }) => debate === view.chosen);
  const to = at < 0 && by === -1 ? debates.length - 1 : Math.min(debates.length - 1, Math.max(0, at + by));
  return { view: { ...view, chosen: debates[to]?.debate ?? null } };
}

function onTree(
  view: Extract<ProgressView, { on: 'tree' }>,
  key: string,
  { tree }: ProgressState,
): { view: ProgressView } | null {
  const strains = tree?.strains ?? [];
  if (key === 't') return { view: { ...view, on: 'overview' } };
  if (key === 'f') return { view: { ...view, on: 'failures', above: 0 } };
  if (key === 'escape') return { view: { ...view, strain: null } };
  if ((key === 'return' || key === 'd') && view.strain !== null) {
    return { view: { ...view, on: 'strain', strain: view.strain, above: 0 } };
  }
  const by = scrolledBy(key);
  if (by === null || strains.length === 0) return null;
  const at = strains.findIndex(({ id }) => id === view.strain);
  const to = at < 0 && by === -1 ? strains.length - 1 : Math.min(strains.length - 1, Math.max(0, at + by));
  return { view: { ...view, strain: strains[to]?.id ?? null } };
}

function onFailures(
  view: Extract<ProgressView, { on: 'failures' }>,
  key: string,
  { faults }: ProgressState,
): { view: ProgressView } | null {
  if (key === 'escape' || key === 'f' || key === 'q') return { view: { ...view, on: 'overview' } };
  const first = faults.toReversed()[view.above];
  if (key === 'return' && first?.debate) {
    return { view: { ...view, on: 'debate', debate: first.debate, below: 0, from: 'failures' } };
  }
  const by = scrolledBy(key);
  if (by === null) return null;
  return { view: { ...view, above: Math.min(Math.max(0, faults.length - 1), Math.max(0, view.above + by)) } };
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

function scrolledBy(key: string): number | null {
  switch (key) {
    case 'up':
    case 'k':
      return -1;
    case 'down':
    case 'j':
      return 1;
    case 'pageup':
      return -page;
    case 'pagedown':
    case 'space':
      return page;
    case 'home':
    case 'g':
      return -1e6;
    case 'end':
    case 'G':
      return 1e6;
    default:
      return null;
  }
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
