import { itemCount, type Scrolled, scrolledBy, scrolledOf, visibleFrom } from './exchange.ts';
import { type Entry, type Feed, wordsOf } from './feed.ts';
import { layoutOf } from './layout.ts';
import { type Row, type Span, span } from './span.ts';
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

/** Indexes of the entries whose words hold the query, whatever the case. */
export function matchesOf(entries: readonly Entry[], query: string): number[] {
  const wanted = query.toLocaleLowerCase();
  if (wanted === '') return [];
  return entries.flatMap((entry, index) =>
    wordsOf(entry).toLocaleLowerCase().includes(wanted) ? [index] : [],
  );
}

/** Which of the matches is looked at, in words. */
export function foundText(matches: readonly number[], at: number | null, query: string): string {
  if (query === '') return 'Enter finds · Esc closes';
  if (matches.length === 0) return 'nothing found';
  const place = at === null ? '' : `${matches.indexOf(at) + 1} of `;
  return `${place}${matches.length} · Enter ↑ ↓`;
}

/** The row with every occurrence of the query marked. */
export function highlighted(row: Row, query: string): Row {
  const wanted = query.toLocaleLowerCase();
  if (wanted === '' || !row.some(({ text }) => text.toLocaleLowerCase().includes(wanted))) return row;
  return row.flatMap((part) => splitAt(part, wanted));
}

function splitAt(part: Span, wanted: string): Span[] {
  const lower = part.text.toLocaleLowerCase();
  // Some letters change their length with their case; then the places no longer agree.
  if (lower.length !== part.text.length) return [part];
  const spans: Span[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) spans.push(span(part.text.slice(from, at), part.meaning));
    spans.push(span(part.text.slice(at, at + wanted.length), 'match'));
    from = at + wanted.length;
  }
  if (from < part.text.length) spans.push(span(part.text.slice(from), part.meaning));
  return spans;
}
