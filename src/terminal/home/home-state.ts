import { createMemo } from '../../text/memo.ts';
import { type EditorState, emptyEditor, textOf } from '../tui/editor.ts';
import type { KeyPress } from '../tui/key-name.ts';
import { type Over, overAfter, overWith } from '../tui/over.ts';
import {
  type HomeBatch,
  type HomeContent,
  type HomeItem,
  type HomeSort,
  itemsOf,
  type Section,
  sections,
  sorts,
} from './home-content.ts';
import {
  type HomeAction,
  type HomeChange,
  type HomeIntent,
  type HomePlace,
  homeKeysIn,
  homeKeysOn,
} from './home-keys.ts';
import { answered, type Prompt, promptFor, typedInto } from './home-prompt.ts';

export interface HomeState {
  readonly section: Section;
  readonly sort: HomeSort;
  readonly isTree: boolean;
  /** The batch whose debates alone are shown; null for all. */
  readonly batch: string | null;
  readonly filter: EditorState;
  readonly isFiltering: boolean;
  /** What is chosen in each section; the first row where it is not there. */
  readonly chosen: Readonly<Partial<Record<Section, string>>>;
  readonly marked: readonly string[];
  /** Deletions that can be undone, the last one last. */
  readonly deleted: readonly (readonly string[])[];
  readonly prompt: Prompt | null;
  readonly over: Over;
  /** What was said last, until the next key. */
  readonly said: string | null;
}

/** What is kept of home from one time to the next. */
export type KeptHome = Partial<Pick<HomeState, 'section' | 'sort' | 'isTree' | 'batch' | 'chosen'>>;

export function initialHome(kept: KeptHome): HomeState {
  return {
    ...{ section: 'runs', sort: 'newest', isTree: false, batch: null, chosen: {}, ...kept },
    ...{ filter: emptyEditor, isFiltering: false, marked: [], deleted: [] },
    ...{ prompt: null, over: null, said: null },
  };
}

export function keptOf({ section, sort, isTree, batch, chosen }: HomeState): KeptHome {
  return { section, sort, isTree, batch, chosen };
}

const listing = createMemo(itemsOf);

/** The rows of the section that is looked at. */
export function itemsIn(state: HomeState, content: HomeContent): readonly HomeItem[] {
  const { section, sort, isTree, filter } = state;
  const batch = batchIn(state, content)?.id ?? null;
  return listing({ content, section, sort, isTree, batch, filter: textOf(filter) });
}

/** The batch whose debates alone are shown; null for all, and where it is gone. */
export function batchIn({ batch, section }: HomeState, { batches }: HomeContent): HomeBatch | null {
  return section === 'runs' ? (batches.find(({ id }) => id === batch) ?? null) : null;
}

/** Place of the chosen row; -1 in an empty list. */
export function placeIn(state: HomeState, items: readonly HomeItem[]): number {
  const key = state.chosen[state.section];
  const at = key === undefined ? 0 : items.findIndex((item) => item.key === key);
  return items.length === 0 ? -1 : Math.max(0, at);
}

export function homePlace(state: HomeState, content: HomeContent): HomePlace {
  const items = itemsIn(state, content);
  const { section, marked, deleted, filter } = state;
  return {
    ...{ section, content, marked, hasDeleted: deleted.length > 0 },
    isNarrowed: filter.graphemes.length > 0 || batchIn(state, content) !== null,
    item: items[placeIn(state, items)] ?? null,
  };
}

export interface HomeStep {
  state: HomeState;
  intent?: HomeIntent;
  change?: HomeChange;
}

/** What a key makes of home; `page` is how many rows of the list are seen. */
export function homeAfter(before: HomeState, key: KeyPress, content: HomeContent, page: number): HomeStep {
  const state = before.said === null ? before : { ...before, said: null };
  if (key.name === 'ctrl+c') return { state, intent: { type: 'leave' } };
  if (state.prompt) {
    const { prompt, said = null, ...asked } = answered(state.prompt, key, homePlace(state, content));
    const deleted = asked.change?.type === 'empty-bin' ? [] : state.deleted;
    return { state: { ...state, prompt, said, deleted }, ...asked };
  }
  if (state.over) return pressedOver(state, state.over, key, content, page);
  if (state.isFiltering) return filtered(state, key, content, page);
  if (key.name === '') return { state };
  const bound = homeKeysOn(state.section).find(({ keys }) => keys.includes(key.name));
  if (!bound) return { state };
  const place = homePlace(state, content);
  const why = bound.hindrance?.(place) ?? null;
  if (why !== null) return { state: { ...state, said: why } };
  return done(state, bound.action, place, page);
}

function done(state: HomeState, action: HomeAction, place: HomePlace, page: number): HomeStep {
  const { content, item } = place;
  const run = item?.run;
  const key = item?.key ?? '';
  switch (action) {
    case 'open':
      if (item?.batch) {
        // What was looked for was the batch: all its debates are shown.
        const inside = { ...state, batch: item.batch.id, filter: emptyEditor };
        return { state: chosenAs(inside, itemsIn(inside, content)[0]?.key) };
      }
      return { state, intent: { type: 'open', run: key, isLive: run?.isLive === true } };
    case 'resume':
    case 'score':
    case 'serve':
      return { state, intent: { type: action, run: key, isLive: run?.isLive === true } };
    case 'fork':
    case 'report':
    case 'export':
    case 'empty-bin':
      return { state: { ...state, prompt: promptFor(action, place) } };
    case 'compare':
      return { state, intent: { type: 'compare', runs: [place.marked[0] ?? '', place.marked[1] ?? ''] } };
    case 'check':
      return { state, intent: { type: 'check', folder: item?.thing?.folder ?? key } };
    case 'run-plan':
    case 'compare-plan':
      return { state, intent: { type: action, plan: key } };
    case 'new-debate': {
      const scenario = place.section === 'scenarios' ? key : null;
      const strategy = place.section === 'strategies' ? key : null;
      return { state, intent: { type: 'new-debate', scenario, strategy } };
    }
    case 'delete':
      return deleted(state, place);
    case 'undo':
      return {
        state: { ...state, deleted: state.deleted.slice(0, -1) },
        change: { type: 'restore', runs: state.deleted.at(-1) ?? [] },
      };
    case 'restore':
      return { state, change: { type: 'restore', runs: [key] } };
    case 'mark': {
      const own = item?.batch ? item.batch.runs.map(({ name }) => name) : [key];
      const marks = new Set(state.marked);
      const isMarked = own.every((name) => marks.has(name));
      for (const name of own) {
        if (isMarked) marks.delete(name);
        else marks.add(name);
      }
      const marked = [...marks];
      return { state: moved({ ...state, marked }, content, 1) };
    }
    case 'unmark':
      return { state: { ...state, marked: [] } };
    case 'filter':
      return { state: { ...state, isFiltering: true } };
    case 'sort':
      return { state: { ...state, sort: next(sorts, state.sort, 1) } };
    case 'tree':
      return { state: { ...state, isTree: !state.isTree } };
    case 'next-section':
      return { state: { ...state, section: next(sections, state.section, 1), filter: emptyEditor } };
    case 'previous-section':
      return { state: { ...state, section: next(sections, state.section, -1), filter: emptyEditor } };
    case 'down':
    case 'up':
    case 'page-down':
    case 'page-up':
    case 'first':
    case 'last':
      return { state: moved(state, content, distances(page)[action]) };
    case 'help':
    case 'palette':
      return { state: { ...state, over: overWith(action) } };
    case 'close':
      if (state.filter.graphemes.length > 0) return { state: { ...state, filter: emptyEditor } };
      return { state: chosenAs({ ...state, batch: null }, `batch ${state.batch}`) };
    case 'redraw':
    case 'suspend':
      return { state, change: { type: action } };
    case 'leave':
      return { state, intent: { type: 'leave' } };
  }
}

const distances = (page: number) => ({
  ...{ down: 1, up: -1, first: -1e9, last: 1e9 },
  ...{ 'page-down': Math.max(1, page - 1), 'page-up': -Math.max(1, page - 1) },
});

function next<One>(all: readonly One[], now: One, by: 1 | -1): One {
  return all[(all.indexOf(now) + by + all.length) % all.length] ?? now;
}

function moved(state: HomeState, content: HomeContent, by: number): HomeState {
  const items = itemsIn(state, content);
  const to = Math.max(0, Math.min(items.length - 1, placeIn(state, items) + by));
  return chosenAs(state, items[to]?.key);
}

function chosenAs(state: HomeState, key: string | undefined): HomeState {
  if (key === undefined) return state;
  return { ...state, chosen: { ...state.chosen, [state.section]: key } };
}

/** The row after those that go is chosen next, so that several can be deleted one after the other. */
function deleted(state: HomeState, { content, item, marked }: HomePlace): HomeStep {
  const runs = marked.length > 0 ? marked : [item?.key ?? ''];
  const items = itemsIn(state, content);
  const at = placeIn(state, items);
  const stays = ({ key }: HomeItem) => !runs.includes(key);
  const after = items.slice(at).find(stays) ?? items.slice(0, at).findLast(stays);
  return {
    state: { ...chosenAs(state, after?.key), marked: [], deleted: [...state.deleted, runs] },
    change: { type: 'delete', runs },
  };
}

function filtered(state: HomeState, key: KeyPress, content: HomeContent, page: number): HomeStep {
  const { name } = key;
  if (name === 'escape') return { state: { ...state, isFiltering: false, filter: emptyEditor } };
  if (name === 'return' || name === 'ctrl+j') return { state: { ...state, isFiltering: false } };
  const moving = { up: 'up', down: 'down', pageup: 'page-up', pagedown: 'page-down' } as const;
  if (name in moving) {
    return { state: moved(state, content, distances(page)[moving[name as keyof typeof moving]]) };
  }
  const filter = typedInto(state.filter, key);
  return { state: filter ? { ...state, filter } : state };
}

function pressedOver(
  state: HomeState,
  open: NonNullable<Over>,
  key: KeyPress,
  content: HomeContent,
  page: number,
): HomeStep {
  const { over, press } = overAfter(open, key, homeKeysIn(homePlace(state, content)));
  const after = { ...state, over };
  return press === undefined ? { state: after } : homeAfter(after, { name: press, input: '' }, content, page);
}
