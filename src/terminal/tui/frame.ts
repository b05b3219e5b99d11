import type { Debate } from '../../debate/debate.ts';
import { moderatorId } from '../../debate/events.ts';
import { change as changed, counted } from '../../text/figures.ts';
import { createMemo } from '../../text/memo.ts';
import { textOf } from './editor.ts';
import { type Scrolled, scrolledOf, type Visible, visibleFrom } from './exchange.ts';
import { footerRows } from './footer.ts';
import { headerRows, labelWithin } from './header.ts';
import { type Layout, layoutOf, least } from './layout.ts';
import { overlayRows, writingIn } from './overlay/overlay.ts';
import { hasRoomBeside, seatSide } from './overlay/seat-overlay.ts';
import { convergenceLine } from './panel/gauge.ts';
import { panelRows } from './panel/side-panel.ts';
import { createPainter } from './screen-writer.ts';
import { foundText, highlighted, matchesOf } from './scrolling.ts';
import { emptyRow, filled, type Row, span } from './span.ts';
import { isBlind, keyPlaceOf, type Screen } from './view.ts';

/** A screen as painted lines: exactly as many as it has rows, none wider than it. */
interface Frame {
  readonly above: readonly string[];
  readonly left: readonly string[];
  /** The side panel beside the lines on the left, from this column on; no lines where there is none. */
  readonly right: readonly string[];
  readonly rightFrom: number;
  readonly below: readonly string[];
}

export type FrameMaker = (screen: Screen) => Frame;

export function createFrameMaker(theme: Screen['theme']): FrameMaker {
  const paint = createPainter(theme);
  const panel = createMemo(panelRows);
  const header = createMemo(headerRows);
  const layouts = createMemo(layoutOf);

  return (screen) => {
    const { feed, view } = screen;
    const { columns, rows } = view;
    const isWriting = view.overlay.type === 'seat' && view.writing !== null && feed.awaited !== null;
    const isZoomed = view.isZoomed || isBlind(view) || (isWriting && !hasRoomBeside(columns));
    const layout = layouts({ columns, rows, isZoomed });
    if (!layout) {
      const left = tooSmall(feed.debate, columns, rows).map((row) => paint(row, columns));
      return { above: [], left, right: [], rightFrom: columns, below: [] };
    }
    const side = feed.debate ? layout.panel : null;
    const selected = selectedOf(screen);
    const right =
      side && isWriting
        ? seatSide({ ...feed, writing: view.writing, seat: feed.awaited }, side.columns, layout.exchange.rows)
        : side && feed.debate
          ? panel({
              debate: feed.debate,
              columns: side.columns,
              rows: layout.exchange.rows,
              focus: view.focus,
              speaking: feed.live?.speaker ?? null,
              selectedSpeaker: selected?.speaker ?? null,
              selectedIssue: selected?.issue ?? null,
            })
          : [];
    const paintAll = (lines: readonly Row[], width: number) => lines.map((row) => paint(row, width));
    return {
      above: paintAll([...header({ debate: feed.debate, layout }), ...gaugeRows(screen, layout)], columns),
      left: paintAll(exchangeRows(screen, layout), layout.exchange.columns),
      right: paintAll(right, columns - layout.exchange.columns),
      rightFrom: layout.exchange.columns,
      below: paintAll(footerRows(screen, layout), columns),
    };
  };
}

/** The exchange and what lies over it: exactly the rows that the layout gives it. */
function exchangeRows(screen: Screen, layout: Layout): Row[] {
  const { feed, view, isAnimated } = screen;
  const { columns, rows } = layout.exchange;
  const { overlay } = view;
  const scrolled = scrolledOf(feed, view, columns, isAnimated);
  const entries = scrolled?.entries ?? [];
  const query = overlay.type === 'search' ? textOf(overlay.query) : '';
  const at = overlay.type === 'search' ? overlay.at : null;
  const found = foundText(matchesOf(entries, query), at, query);
  const over = overlayRows({
    overlay,
    debate: feed.debate,
    place: keyPlaceOf(screen),
    columns: columns - 1,
    rows,
    found,
    ...writingIn(screen, layout.panel !== null),
  });
  const height = rows - over.length;
  if (!scrolled || height <= 0) return filled(over.slice(0, rows), rows);
  const visible = visibleFrom(scrolled, view.anchor, height);
  const shown = visible.rows.map((row, index) => marked(row, index, visible, scrolled, screen, query));
  const lines = filled(shown, height);
  const below = newBelow(scrolled, visible, screen);
  if (below !== '' && over.length === 0) lines[height - 1] = [span(`   ↓ ${below}  G follows`, 'accent')];
  return [...lines, ...over];
}

/** A row as this screen shows it: search marked, others than the focus stepped back, the chosen turn pointed at. */
function marked(
  row: Row,
  index: number,
  visible: Visible,
  scrolled: Scrolled,
  { view }: Screen,
  query: string,
): Row {
  const owner = visible.owners[index] ?? 0;
  const event = scrolled.entries[owner]?.event;
  const speaker = event
    ? event.type === 'turn-ended'
      ? event.speaker
      : null
    : (scrolled.live?.speaker ?? null);
  const isFirst = index === 0 ? visible.top.row === 0 : visible.owners[index - 1] !== owner;
  let shown = query === '' ? row : highlighted(row, query);
  if (view.focus !== null && speaker !== null && speaker !== view.focus && speaker !== moderatorId) {
    shown = shown.map((part) => span(part.text, 'muted'));
  }
  if (isFirst && view.turn !== null && event?.type === 'turn-ended' && event.turn === view.turn) {
    shown = [
      span('▸', 'accent'),
      ...shown.map((part, at) => (at === 0 ? span(part.text.slice(1), part.meaning) : part)),
    ];
  }
  return shown;
}

/** What came since following stopped: `2 new speeches, C +0.05`; empty where the end is seen. */
function newBelow(scrolled: Scrolled, visible: Visible, { view }: Screen): string {
  if (visible.isAtEnd || view.anchor === null) return '';
  const fresh = scrolled.entries.slice(view.seen);
  const speeches = fresh.filter(({ event }) => event.type === 'turn-ended').length;
  const changes = fresh.flatMap(({ change }) => (change === null ? [] : [change]));
  const parts = [
    ...(speeches > 0 ? [counted(speeches, 'new speech', 'new speeches')] : []),
    ...(changes.length > 0 ? [`C ${changed(changes.reduce((sum, each) => sum + each, 0))}`] : []),
  ];
  if (parts.length > 0) return parts.join(', ');
  return fresh.length > 0 ? `${fresh.length} new` : 'more';
}

function gaugeRows({ feed }: Screen, layout: Layout): Row[] {
  if (layout.gauge === 0) return [];
  return [feed.debate ? convergenceLine(feed.debate, layout.columns) : emptyRow];
}

function selectedOf({ feed, view }: Screen): { speaker: string; issue: string | null } | null {
  const { overlay, focus } = view;
  if (overlay.type !== 'evidence' || !feed.debate)
    return focus === null ? null : { speaker: focus, issue: null };
  const speaker = feed.debate.started.cast[overlay.speaker]?.id ?? '';
  return { speaker, issue: feed.debate.started.agenda[overlay.issue]?.id ?? null };
}

/** The run goes on unseen; what it is stays said. */
function tooSmall(debate: Debate | null, columns: number, rows: number): Row[] {
  const text = `need ${least.columns}x${least.rows} (have ${columns}x${rows})`;
  const label = debate && rows > 1 ? [labelWithin(debate, columns)] : [];
  return filled([...filled([], Math.floor((rows - 1) / 2) - label.length), ...label, [span(text)]], rows);
}
