import type { Theme } from '../theme/theme.ts';
import type { QuoteToLabel, ShownShift } from '../types.ts';
import type { EditorState } from './editor.ts';
import type { Feed } from './feed.ts';
import type { KeyPlace } from './keys.ts';
import type { Over } from './over.ts';
import type { Writing } from './writing.ts';

/** The top row of what is seen of the exchange: a row of an entry. */
export interface Anchor {
  readonly entry: number;
  readonly row: number;
}

/** What the status line can hold, by the names that --status takes. */
export const statusPartNames = [
  'C',
  'change',
  'interval',
  'gap',
  'coverage',
  'round',
  'turn',
  'tokens',
  'cost',
  'time',
] as const;
export type StatusPart = (typeof statusPartNames)[number];

/** What lies over the exchange, or takes the keys. */
export type Overlay =
  | { readonly type: 'none' }
  | NonNullable<Over>
  | {
      readonly type: 'evidence';
      readonly speaker: number;
      readonly issue: number;
      readonly scroll: number;
      /** The quotes that a person labels, without the judge's readings; null where these are shown. */
      readonly toLabel: readonly QuoteToLabel[] | null;
    }
  | { readonly type: 'passages'; readonly turn: number; readonly scroll: number }
  | {
      readonly type: 'why';
      readonly shifts: readonly ShownShift[];
      readonly at: number;
      readonly scroll: number;
    }
  | { readonly type: 'search'; readonly query: EditorState; readonly at: number | null }
  | { readonly type: 'jump'; readonly target: EditorState }
  | { readonly type: 'ask'; readonly editor: EditorState }
  /** The editor of a person who holds a seat; what it holds is `writing`, which outlives it. */
  | { readonly type: 'seat' };

/** What the person at the screen has chosen to see. */
export interface View {
  readonly columns: number;
  readonly rows: number;
  /** null follows the end of the exchange. */
  readonly anchor: Anchor | null;
  /** Entries there were when following stopped, for "N new". */
  readonly seen: number;
  /** Turn that keys act on; null for the latest. */
  readonly turn: number | null;
  /** Id of the persona in focus. */
  readonly focus: string | null;
  readonly isZoomed: boolean;
  readonly showsNotes: boolean;
  readonly overlay: Overlay;
  /** The speech that a person who holds a seat is writing. */
  readonly writing: Writing | null;
  /** Said once, for a while; some only until the next turn begins. */
  readonly toast: { readonly text: string; readonly until: number; readonly isForTurn?: true } | null;
  /** Replay speed; 1 is reading pace. */
  readonly speed: number;
  /** True once the person asked to leave while the run goes on. */
  readonly isLeaving: boolean;
}

export function initialView(columns: number, rows: number): View {
  return {
    columns,
    rows,
    anchor: null,
    seen: 0,
    turn: null,
    focus: null,
    isZoomed: false,
    showsNotes: false,
    overlay: { type: 'none' },
    writing: null,
    toast: null,
    speed: 1,
    isLeaving: false,
  };
}

/** Does a person label quotes now? The judge's readings are hidden from it then. */
export function isBlind({ overlay }: View): boolean {
  return overlay.type === 'evidence' && overlay.toLabel !== null;
}

/** All that a screen is drawn from. */
export interface Screen {
  readonly feed: Feed;
  readonly view: View;
  readonly now: number;
  readonly theme: Theme;
  readonly isReplay: boolean;
  /** Words come at a pace that can be changed. */
  readonly isPaced: boolean;
  /** People can take seats in this debate. */
  readonly hasSeats?: boolean;
  /** What the person wants in the status line; null for the usual. */
  readonly status: readonly StatusPart[] | null;
  /** A screen of its own, or a few rows below the normal text. */
  readonly isFull: boolean;
  /** False for --no-animation: no moving signs, text in larger steps. */
  readonly isAnimated: boolean;
}

/** Where keys are pressed, for those that work only somewhere. */
export function keyPlaceOf({
  isReplay,
  isFull,
  isPaced,
  feed,
  view,
  hasSeats = false,
}: Pick<Screen, 'isReplay' | 'isFull' | 'isPaced' | 'feed' | 'view' | 'hasSeats'>): KeyPlace {
  const seat = { isFocused: hasSeats && view.focus !== null, isAwaited: feed.awaited !== null };
  return { isReplay, isFull, isPaced, isOver: !isReplay && feed.debate?.ended != null, seat };
}
