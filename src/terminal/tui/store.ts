import type { RunSignal } from '../../debate/notices.ts';
import { sanitizeSignal } from '../live-text.ts';
import { emptyFeed, type Feed, feedWith } from './feed.ts';
import { initialView, type View } from './view.ts';
import { replacedBy, writingWith } from './writing.ts';

/** What a screen is drawn from; a new object whenever something may look different. */
interface Snapshot {
  readonly feed: Feed;
  readonly view: View;
  readonly now: number;
}

/** The state of the screen, kept outside React: signals come in as fast as they like, readers are told at a steady pace. */
export interface Store {
  show(signal: RunSignal): void;
  /** Changes what the person sees; told at once, since somebody pressed a key. */
  update(change: (view: View, feed: Feed) => View): void;
  /** Says something in the status line for a while, or no longer than until the next turn begins. */
  say(text: string, isForTurn?: true): void;
  /** Notes a key press, as a command or as text; true where it repeats a command too soon to be meant as text. */
  pressed(key: string, isText: boolean): boolean;
  /** All that was told so far, shown or not yet. */
  readonly latest: () => Feed;
  readonly snapshot: () => Snapshot;
  readonly subscribe: (listener: () => void) => () => void;
  close(): void;
}

export interface StoreOptions {
  now: () => number;
  columns: number;
  rows: number;
  /** Replay speed at the start; 1 unless said. */
  speed?: number;
  /** Milliseconds between two tellings of what the run signals. */
  paceMs: number;
}

const toastMs = 4000;
const tickMs = 1000;
/** Presses of one key that come closer than this are one run, held or pressed fast. */
const runMs = 400;

export function createStore({ now, columns, rows, speed = 1, paceMs }: StoreOptions): Store {
  let feed = emptyFeed(now());
  let view: View = { ...initialView(columns, rows), speed };
  let snapshot: Snapshot = { feed, view, now: now() };
  let flushing: NodeJS.Timeout | null = null;
  let ticking: NodeJS.Timeout | null = null;
  let isClosed = false;
  let run = { key: '', at: 0, isCommand: false };
  const listeners = new Set<() => void>();

  const publish = () => {
    if (flushing) clearTimeout(flushing);
    flushing = null;
    if (isClosed) return;
    snapshot = { feed, view, now: now() };
    scheduleTick();
    for (const listener of listeners) listener();
  };
  const flushSoon = (milliseconds: number) => {
    flushing ??= setTimeout(publish, milliseconds);
  };
  /** The clock on the screen moves by itself only while the run does, so that a paused screen costs nothing. */
  const scheduleTick = () => {
    if (ticking) clearTimeout(ticking);
    ticking = null;
    const isMoving = feed.debate !== null && feed.stoppedAt === null;
    const toastLeft = view.toast === null ? null : view.toast.until - snapshot.now;
    const isToasting = toastLeft !== null && toastLeft > 0;
    if (!isMoving && !isToasting) return;
    const wait = isMoving ? tickMs : (toastLeft ?? 0) + 1;
    ticking = setTimeout(publish, isToasting ? Math.min(wait, toastLeft + 1) : wait);
  };

  const update: Store['update'] = (change) => {
    const next = change(view, feed);
    if (next === view) return;
    view = next;
    publish();
  };

  return {
    show(signal) {
      // The first frame is awaited, so nothing delays it; signals that come together share it.
      flushSoon(feed.debate === null ? 0 : paceMs);
      const safe = sanitizeSignal(signal);
      feed = feedWith(feed, safe, now());
      // Words that come by the hundred a second concern no seat.
      if (safe.kind !== 'notice' || safe.notice.type !== 'turn-delta') {
        const told = toldOfSeat(safe);
        if (told !== null) view = { ...view, toast: { text: told, until: now() + toastMs } };
        view = withSeat(view, safe);
      }
      const isNextTurn = signal.kind === 'notice' && signal.notice.type === 'turn-started';
      if (isNextTurn && view.toast?.isForTurn) view = { ...view, toast: null };
    },
    update,
    say(text, isForTurn) {
      const toast = { text, until: now() + toastMs, ...(isForTurn ? { isForTurn } : {}) };
      update((old) => ({ ...old, toast }));
    },
    pressed(key, isText) {
      const goesOn = key === run.key && now() - run.at < runMs;
      const isCommand = !isText || (goesOn && run.isCommand);
      run = { key, at: now(), isCommand };
      return isText && isCommand;
    },
    snapshot: () => snapshot,
    latest: () => feed,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      publish();
      isClosed = true;
      if (flushing) clearTimeout(flushing);
      if (ticking) clearTimeout(ticking);
    },
  };
}

/** Opens the editor when a person's turn comes, puts a model's draft into it, and closes it once the words are said. */
function withSeat(view: View, signal: RunSignal): View {
  const { writing, overlay } = view;
  if (signal.kind === 'notice') {
    const { notice } = signal;
    if (notice.type === 'seat-turn') {
      const opened = overlay.type === 'none' ? { type: 'seat' as const } : overlay;
      return { ...view, writing: writingWith(notice.persona, notice.text), overlay: opened };
    }
    const isOwn = 'persona' in notice && notice.persona === writing?.persona;
    if (!writing || !isOwn) return view;
    if (notice.type === 'seat-draft' && notice.state === 'written') {
      return { ...view, writing: replacedBy(writing, notice.text) };
    }
    return notice.type === 'seat-given-back' ? withoutWriting(view) : view;
  }
  const isOver =
    signal.event.type === 'turn-ended' ||
    signal.event.type === 'caucus-spoken' ||
    (signal.event.type === 'statement-answered' && signal.event.persona === writing?.persona) ||
    signal.event.type === 'debate-ended';
  return writing && isOver ? withoutWriting(view) : view;
}

function withoutWriting(view: View): View {
  const overlay = view.overlay.type === 'seat' ? ({ type: 'none' } as const) : view.overlay;
  return { ...view, writing: null, overlay };
}

/** What is worth a word in the status line. */
function toldOfSeat(signal: RunSignal): string | null {
  if (signal.kind !== 'notice' || signal.notice.type !== 'seat-draft') return null;
  const { state, text } = signal.notice;
  if (state === 'writing') return null;
  return state === 'written' ? 'the draft is in the editor; Ctrl+Y undoes' : `no draft: ${text}`;
}
