import { itemCount, type Scrolled, scrolledBy, visibleFrom } from './exchange.ts';
import type { Feed } from './feed.ts';
import { layoutOf } from './layout.ts';
import { scrolledOf } from './scrolled.ts';
import { matchesOf } from './search.ts';
import type { Anchor, View } from './view.ts';

/** How far a key scrolls: rows, or pages. */
export type Distance = { rows: number } | { pages: number };

export function scroll(view: View, feed: Feed, distance: Distance): View {
  const place = placeOf(view, feed);
  if (!place) return view;
  const { scrolled, height } = place;
  const rows = 'rows' in distance ? distance.rows : distance.pages * Math.max(1, height - 2);
  const top = visibleFrom(scrolled, view.anchor, height).top;
  return anchoredAt(view, scrolled, scrolledBy(scrolled, top, rows, height));
}

export function scrollToTop(view: View, feed: Feed): View {
  return scroll(view, feed, { rows: Number.NEGATIVE_INFINITY });
}

export function follow(view: View): View {
  return { ...view, anchor: null, turn: null };
}

/** To the turn before (-1) or after (1) the one that keys act on. */
export function toNeighbour(view: View, feed: Feed, by: 1 | -1): View {
  const scrolled = placeOf(view, feed)?.scrolled;
  if (!scrolled) return view;
  const numbers = scrolled.entries.flatMap(({ event }) => (event.type === 'turn-ended' ? [event.turn] : []));
  const last = numbers.at(-1);
  if (last === undefined) return view;
  const now = view.turn ?? last + 1;
  const next = by < 0 ? numbers.findLast((turn) => turn < now) : numbers.find((turn) => turn > now);
  if (next === undefined) return by > 0 ? follow(view) : view;
  return toTurn(view, feed, next);
}

export function toTurn(view: View, feed: Feed, turn: number): View {
  const scrolled = placeOf(view, feed)?.scrolled;
  const entry = scrolled?.entries.findIndex(
    ({ event }) => event.type === 'turn-ended' && event.turn === turn,
  );
  if (!scrolled || entry === undefined || entry < 0) return view;
  return { ...anchoredAt(view, scrolled, { entry, row: 0 }), turn };
}

/** To the next match of a search: older ones upwards (-1), newer ones downwards (1). */
export function toMatch(view: View, feed: Feed, query: string, by: 1 | -1): View {
  const scrolled = placeOf(view, feed)?.scrolled;
  if (!scrolled || view.overlay.type !== 'search') return view;
  const matches = matchesOf(scrolled.entries, query);
  const at = view.overlay.at;
  const further =
    by < 0
      ? matches.findLast((one) => at === null || one < at)
      : matches.find((one) => at !== null && one > at);
  const entry = further ?? (by < 0 ? matches.at(-1) : matches[0]);
  if (entry === undefined) return view;
  const event = scrolled.entries[entry]?.event;
  return {
    ...anchoredAt(view, scrolled, { entry, row: 0 }),
    turn: event?.type === 'turn-ended' ? event.turn : view.turn,
    overlay: { ...view.overlay, at: entry },
  };
}

function anchoredAt(view: View, scrolled: Scrolled, anchor: Anchor | null): View {
  if (anchor === null) return follow(view);
  return { ...view, anchor, seen: view.anchor === null ? itemCount(scrolled) : view.seen };
}

function placeOf(view: View, feed: Feed): { scrolled: Scrolled; height: number } | null {
  const layout = layoutOf(view);
  const scrolled = layout && scrolledOf(feed, view, layout.exchange.columns, true);
  return layout && scrolled ? { scrolled, height: layout.exchange.rows } : null;
}
