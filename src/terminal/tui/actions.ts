import type { SuspendTerminal } from 'ink';
import { nameOf } from '../../debate/debate.ts';
import type { Theme } from '../theme/theme.ts';
import type { Controls } from '../types.ts';
import { emptyEditor } from './editor.ts';
import type { Feed } from './feed.ts';
import type { ActionName } from './keys.ts';
import { overWith } from './over.ts';
import { hasSources } from './overlay/evidence-overlay.ts';
import type { ScreenWriter } from './screen-writer.ts';
import { follow, scroll, scrollToTop, toNeighbour } from './scrolling.ts';
import type { Store } from './store.ts';
import type { StatusPart, View } from './view.ts';

/** How a person leaves: `at-once` is the second Ctrl+C. */
export type Leaving = 'quit' | 'interrupt' | 'at-once';

/** What keys can reach. */
export interface Reach {
  store: Store;
  controls: Controls;
  /** A screen of its own, or a few rows below the normal text. */
  isFull: boolean;
  leave(how: Leaving): void;
  suspend(): void;
  redraw(): void;
  /** Gives the terminal to the person's own editor for a while; `done` gets what came of the text. */
  editElsewhere(text: string, done: (text: string) => void): void;
  /** Puts a text on the clipboard, where the terminal lets it. */
  copy(text: string): void;
}

/** What the screens, full and inline, are given. */
export interface AppProps {
  store: Store;
  theme: Theme;
  isReplay: boolean;
  isPaced: boolean;
  status: readonly StatusPart[] | null;
  isAnimated: boolean;
  /** Puts the full screen's rows where they belong; null inline, where Ink draws. */
  writer: ScreenWriter | null;
  /** After each frame of the full screen, with the milliseconds it took. */
  onFrame?: (milliseconds: number) => void;
  /** False where stdin is no terminal: nothing is read then. */
  hasKeys: boolean;
  /** What keys can reach; `suspend` is Ink's to give. */
  reach(suspendTerminal: SuspendTerminal): Reach;
}

type Action = (reach: Reach, key: string) => void;

const speeds = [0.25, 0.5, 1, 2, 4, 8, 16];

export const actions: Record<ActionName, Action> = {
  pause({ store, controls }) {
    if (store.snapshot().feed.hold !== 'none') controls.resume();
    else controls.pause();
  },
  step: ({ controls }) => controls.step(),
  ask: ({ store }) => open(store, { type: 'ask', editor: emptyEditor }),
  seat({ store, controls }) {
    const { view } = store.snapshot();
    const feed = store.latest();
    const persona = view.focus;
    if (persona === null || !feed.debate || !controls.seats) return;
    const name = nameOf(feed.debate, persona);
    if (feed.seats.includes(persona)) {
      controls.seats.giveBack(persona);
      store.say(`${name} is the model’s again`);
    } else {
      controls.seats.take(persona);
      store.say(`you speak for ${name} from its next speech on; s gives it back`);
    }
  },
  write: ({ store }) => open(store, { type: 'seat' }),
  focus({ store }, key) {
    store.update((view, feed) => focusedOn(view, feed, Number(key) - 1));
  },
  'focus-next': ({ store }) => store.update((view, feed) => focusMoved(view, feed, 1)),
  'focus-previous': ({ store }) => store.update((view, feed) => focusMoved(view, feed, -1)),
  zoom: ({ store }) => store.update((view) => ({ ...follow(view), isZoomed: !view.isZoomed })),
  down: ({ store }) => store.update((view, feed) => scroll(view, feed, { rows: 1 })),
  up: ({ store }) => store.update((view, feed) => scroll(view, feed, { rows: -1 })),
  'page-down': ({ store }) => store.update((view, feed) => scroll(view, feed, { pages: 1 })),
  'page-up': ({ store }) => store.update((view, feed) => scroll(view, feed, { pages: -1 })),
  top: ({ store }) => store.update(scrollToTop),
  end: ({ store }) => store.update(follow),
  'next-turn': ({ store }) => store.update((view, feed) => toNeighbour(view, feed, 1)),
  'previous-turn': ({ store }) => store.update((view, feed) => toNeighbour(view, feed, -1)),
  search: ({ store }) => open(store, { type: 'search', query: emptyEditor, at: null }),
  jump: ({ store }) => open(store, { type: 'jump', target: emptyEditor }),
  notes({ store }) {
    store.update((view) => ({ ...view, showsNotes: !view.showsNotes }));
    const { view, feed } = store.snapshot();
    const has = feed.debate?.turns.some(({ notes }) => notes !== '') ?? false;
    if (!has) store.say('no turn has private notes: this strategy asks for none');
    else store.say(view.showsNotes ? 'private notes are shown' : 'private notes are hidden');
  },
  evidence({ store }) {
    store.update((view, feed) => {
      const cast = feed.debate?.started.cast ?? [];
      const speaker = Math.max(
        0,
        cast.findIndex(({ id }) => id === view.focus),
      );
      return { ...view, overlay: { type: 'evidence', speaker, issue: 0, scroll: 0, toLabel: null } };
    });
  },
  passages({ store }) {
    const turn = chosenTurn(store);
    if (!turn) return store.say('no turn has ended yet');
    const { debate } = store.snapshot().feed;
    if (!debate || !hasSources(debate, turn)) return store.say(`T${turn.turn} cites no passage`);
    open(store, { type: 'passages', turn: turn.turn, scroll: 0 });
  },
  why({ store, controls }) {
    if (!controls.why) return store.say('why positions changed is kept beside a stored run alone');
    const chosen = chosenTurn(store)?.turn ?? 0;
    controls.why().then(
      (shifts) => {
        if (typeof shifts === 'string') return store.say(shifts);
        const exact = shifts.findIndex(({ turn }) => turn === chosen);
        const before = shifts.findLastIndex(({ turn }) => turn < chosen);
        open(store, { type: 'why', shifts, at: Math.max(0, exact >= 0 ? exact : before), scroll: 0 });
      },
      (error: unknown) => store.say(`what moved them could not be read: ${String(error)}`),
    );
  },
  copy({ store, copy }) {
    const turn = chosenTurn(store);
    if (!turn) return store.say('no turn has ended yet');
    copy(turn.text);
    store.say(`T${turn.turn} sent to the clipboard (${turn.text.length} characters)`);
  },
  faster: (reach) => changeSpeed(reach, 1),
  slower: (reach) => changeSpeed(reach, -1),
  'finish-turn': ({ controls }) => controls.finishTurn?.(),
  help: ({ store }) => open(store, overWith('help')),
  palette: ({ store }) => open(store, overWith('palette')),
  close({ store }) {
    store.update((view) => ({ ...view, focus: null, turn: null, toast: null }));
  },
  redraw: ({ redraw }) => redraw(),
  suspend: ({ suspend }) => suspend(),
  quit: (reach) => leaveBy(reach, 'quit'),
  interrupt: (reach) => leaveBy(reach, 'interrupt'),
};

/** The turn that keys act on: the chosen one, or the latest. */
function chosenTurn(store: Store) {
  const { view, feed } = store.snapshot();
  const turns = feed.debate?.turns ?? [];
  return view.turn === null ? turns.at(-1) : turns[view.turn - 1];
}

/** Saves and ends a run under way; what has ended is left at once. */
function leaveBy({ store, controls, leave }: Reach, how: 'quit' | 'interrupt') {
  const { view, feed } = store.snapshot();
  if (how === 'interrupt' && view.isLeaving) return leave('at-once');
  if (!feed.debate?.ended) {
    store.update((old) => ({ ...old, isLeaving: true, overlay: { type: 'none' } }));
    controls.stop();
  }
  leave(how);
}

function open(store: Store, overlay: View['overlay']): void {
  store.update((view) => ({ ...view, overlay }));
}

function focusedOn(view: View, feed: Feed, index: number): View {
  const member = feed.debate?.started.cast[index];
  if (!member) return view;
  return { ...view, focus: view.focus === member.id ? null : member.id };
}

function focusMoved(view: View, feed: Feed, by: 1 | -1): View {
  const cast = feed.debate?.started.cast ?? [];
  if (cast.length === 0) return view;
  const now = cast.findIndex(({ id }) => id === view.focus);
  // After the last one comes nobody, then the first again.
  const places = cast.length + 1;
  const next = (now + 1 + by + places) % places;
  return { ...view, focus: next === 0 ? null : (cast[next - 1]?.id ?? null) };
}

function changeSpeed({ store, controls }: Reach, by: 1 | -1): void {
  const { speed } = store.snapshot().view;
  const index = speeds.findIndex((one) => one >= speed);
  const next = speeds[Math.max(0, Math.min(speeds.length - 1, index + by))] ?? 1;
  controls.setSpeed?.(next);
  store.update((view) => ({ ...view, speed: next }));
}
