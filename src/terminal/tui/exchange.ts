import type { Debate, Verdict } from '../../debate/debate.ts';
import { next } from '../../debate/next.ts';
import { publicText } from '../live-text.ts';
import { bodyRows } from './body-rows.ts';
import { caucusRows, rowsOfEntry, turnHeading } from './entry-rows.ts';
import type { Entry, Feed, LiveTurn } from './feed.ts';
import { emptyRow, type Row, span } from './span.ts';
import type { Anchor, View } from './view.ts';

/** Everything that can be scrolled through, and how wide. */
export interface Scrolled {
  readonly debate: Debate;
  readonly entries: readonly Entry[];
  readonly live: LiveTurn | null;
  readonly columns: number;
  readonly showsNotes: boolean;
  readonly isAnimated: boolean;
}

export interface Visible {
  readonly rows: readonly Row[];
  /** The entry each row belongs to. */
  readonly owners: readonly number[];
  readonly top: Anchor;
  readonly isAtEnd: boolean;
}

/**
 * While following, the text moves up by some rows at a time: it holds still to be read, and costs less to draw, since
 * a move changes every row. A tall screen can spare more of them at its end.
 */
function stepOf(height: number): number {
  return Math.max(1, Math.min(6, Math.floor(height / 7)));
}

interface Wrapped {
  columns: number;
  showsNotes: boolean;
  /** The verdict on its round, which may mark a turn's words; null before. */
  verdict: Verdict | null;
  rows: Row[];
}

/** Text is wrapped once per entry and width, and a turn again when its round was read. */
const wrapped = new WeakMap<Entry, Wrapped>();

/** How many items there are: the entries and the turn under way. */
export function itemCount({ entries, live }: Scrolled): number {
  return entries.length + (live ? 1 : 0);
}

/** The rows of one item. */
export function rowsOfItem(scrolled: Scrolled, index: number): readonly Row[] {
  const entry = scrolled.entries[index];
  if (entry) return rowsOf(entry, scrolled);
  return scrolled.live ? liveRows(scrolled.live, scrolled) : [];
}

/** What is seen from an anchor down, or of the end where there is none. Only these rows are laid out. */
export function visibleFrom(scrolled: Scrolled, anchor: Anchor | null, height: number): Visible {
  const last = lastTop(scrolled, height);
  if (anchor === null || !isBefore(anchor, last)) return collect(scrolled, last, height, true);
  return collect(scrolled, anchor, height, false);
}

/** The anchor some rows further down, or up where negative; null where that reaches the end. */
export function scrolledBy(scrolled: Scrolled, from: Anchor, rows: number, height: number): Anchor | null {
  let { entry, row } = from;
  row += rows;
  while (row < 0 && entry > 0) {
    entry -= 1;
    row += rowsOfItem(scrolled, entry).length;
  }
  while (entry < itemCount(scrolled) - 1 && row >= rowsOfItem(scrolled, entry).length) {
    row -= rowsOfItem(scrolled, entry).length;
    entry += 1;
  }
  const to = { entry, row: Math.max(0, row) };
  return isBefore(to, lastTop(scrolled, height)) ? to : null;
}

function collect(scrolled: Scrolled, top: Anchor, height: number, isAtEnd: boolean): Visible {
  const rows: Row[] = [];
  const owners: number[] = [];
  let skip = top.row;
  for (let index = top.entry; index < itemCount(scrolled) && rows.length < height; index++) {
    const item = rowsOfItem(scrolled, index);
    for (let row = skip; row < item.length && rows.length < height; row++) {
      rows.push(item[row] ?? emptyRow);
      owners.push(index);
    }
    skip = 0;
  }
  return { rows, owners, top, isAtEnd };
}

/** The anchor from which the end is just seen. */
function lastTop(scrolled: Scrolled, height: number): Anchor {
  const count = itemCount(scrolled);
  const length = count === 0 ? 0 : rowsOfItem(scrolled, count - 1).length;
  const step = stepOf(height);
  let free = height - ((step - (length % step)) % step);
  for (let entry = count - 1; entry >= 0; entry--) {
    const size = rowsOfItem(scrolled, entry).length;
    if (size >= free) return { entry, row: size - free };
    free -= size;
  }
  return { entry: 0, row: 0 };
}

function isBefore(one: Anchor, other: Anchor): boolean {
  return one.entry < other.entry || (one.entry === other.entry && one.row < other.row);
}

function rowsOf(entry: Entry, { debate, columns, showsNotes }: Scrolled): Row[] {
  const known = wrapped.get(entry);
  const { event } = entry;
  const verdict =
    (event.type === 'turn-ended' && debate.verdicts.find(({ round }) => round === event.round)) || null;
  if (known?.columns === columns && known.showsNotes === showsNotes && known.verdict === verdict)
    return known.rows;
  const rows = rowsOfEntry(entry, debate, columns, showsNotes);
  wrapped.set(entry, { columns, showsNotes, verdict, rows });
  return rows;
}

/** A frame that shows nothing new of the live turn wraps nothing. */
const wrappedLive = new WeakMap<LiveTurn, { columns: number; rows: Row[] }>();

function liveRows(live: LiveTurn, { debate, columns, isAnimated }: Scrolled): Row[] {
  const known = wrappedLive.get(live);
  if (known?.columns === columns) return known.rows;
  const text = publicText(live.reply);
  const inPrivate = live.purpose === 'caucus' ? next(debate) : null;
  const rows =
    inPrivate?.type === 'caucus'
      ? caucusRows(debate, inPrivate, bodyRows(text, columns - 2), columns)
      : spokenRows(live, text, debate, columns, isAnimated);
  wrappedLive.set(live, { columns, rows });
  return rows;
}

function spokenRows(
  { speaker, turn }: LiveTurn,
  text: string,
  debate: Debate,
  columns: number,
  isAnimated: boolean,
): Row[] {
  const number = turn === null ? '' : `T${turn} · `;
  const body = text === '' ? [] : bodyRows(text, columns);
  const end = body.pop() ?? [span('   ')];
  const heading = turnHeading(debate, speaker, `${number}speaking`, columns);
  return [heading, ...body, isAnimated ? [...end, span('▌', 'accent')] : end, emptyRow];
}

/** What there is to scroll through: all entries, or those of the persona in focus where it is zoomed. */
export function scrolledOf(feed: Feed, view: View, columns: number, isAnimated: boolean): Scrolled | null {
  const { debate, live } = feed;
  if (!debate) return null;
  const only = view.isZoomed ? view.focus : null;
  return {
    debate,
    entries: only === null ? feed.entries : entriesOf(feed.entries, only),
    live: only === null || live?.speaker === only ? live : null,
    columns,
    showsNotes: view.showsNotes,
    isAnimated,
  };
}

function entriesOf(entries: readonly Entry[], speaker: string): Entry[] {
  return entries.filter(
    ({ event }) =>
      (event.type === 'turn-ended' || event.type === 'caucus-spoken') && event.speaker === speaker,
  );
}
