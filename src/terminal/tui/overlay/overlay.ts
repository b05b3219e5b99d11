import type { Debate } from '../../../debate/debate.ts';
import { wrapText } from '../../../text/columns.ts';
import { editorRows, promptRow } from '../editor.ts';
import type { SeatTurnNotice } from '../feed.ts';
import { type KeyPlace, keysFor } from '../keys.ts';
import { overRows } from '../over.ts';
import { columnsOf, framed, type Row, span } from '../span.ts';
import type { Overlay, Screen } from '../view.ts';
import type { Writing } from '../writing.ts';
import { evidenceContent, passagesContent } from './evidence-overlay.ts';
import { seatRows } from './seat-overlay.ts';

export interface OverlayOptions {
  overlay: Overlay;
  debate: Debate | null;
  place: KeyPlace;
  columns: number;
  rows: number;
  /** What the search found, in words. */
  found: string;
  /** The speech that a person writes, and the turn it is for; null where none is awaited. */
  writing: Writing | null;
  seat: SeatTurnNotice | null;
  isDrafting: boolean;
  /** Does the persona's brief stand beside the editor? Else it stands below. */
  hasSide: boolean;
}

/** What a screen shows of the speech that a person writes. */
export function writingIn(
  { view, feed }: Pick<Screen, 'view' | 'feed'>,
  hasSide: boolean,
): Pick<OverlayOptions, 'writing' | 'seat' | 'isDrafting' | 'hasSide'> {
  const { activity } = feed;
  const isDrafting = activity.type === 'awaiting' && activity.isDrafting;
  return { writing: view.writing, seat: feed.awaited, isDrafting, hasSide };
}

/** The rows that lie over the bottom of the exchange: all of it, a part, or none. */
export function overlayRows(options: OverlayOptions): Row[] {
  const { overlay, debate, columns, rows, place } = options;
  const inner = columns - 4;
  switch (overlay.type) {
    case 'none':
      return [];
    case 'help':
    case 'palette':
      return overRows(overlay, keysFor(place), { columns, rows });
    case 'evidence':
      return framed({
        ...{ columns, rows, scroll: overlay.scroll },
        title: overlay.toLabel ? 'your reading' : 'evidence',
        hint: evidenceHint(columns, overlay.toLabel !== null),
        content: debate ? evidenceContent(debate, overlay, inner) : [],
      });
    case 'passages':
      return framed({
        ...{ columns, rows, scroll: overlay.scroll },
        title: `the sources of T${overlay.turn}`,
        hint: 'j k scroll · Esc closes',
        content: debate ? passagesContent(debate, overlay.turn, inner) : [],
      });
    case 'why':
      return framed({
        ...{ columns, rows, scroll: overlay.scroll },
        title: `why positions changed · ${overlay.at + 1} of ${overlay.shifts.length}`,
        hint:
          columns < 60 ? '← → · Enter turn · Esc' : '← → change of position · Enter its turn · Esc closes',
        content: whyContent(overlay.shifts[overlay.at]?.lines ?? [], inner),
      });
    case 'search':
      return [promptRow('/', overlay.query, options.found, columns)];
    case 'jump':
      return [promptRow('go to', overlay.target, '12 is turn 12, r3 is round 3', columns)];
    case 'ask':
      return askRows(overlay, columns, rows);
    case 'seat':
      return seatRows(options);
  }
}

function evidenceHint(columns: number, isBlind: boolean): string {
  if (isBlind) {
    return columns < 60
      ? '0-6 n · ← → ↑ ↓ · b ends'
      : '0-6 stand · n no stand · ← → speaker · ↑ ↓ issue · b ends';
  }
  return columns < 60
    ? '← → ↑ ↓ PgDn · b label · Esc'
    : '← → speaker · ↑ ↓ issue · PgDn more · b label it blind · Esc closes';
}

/** Lines as they came, wrapped under their own indent; the first says which change it is. */
function whyContent(lines: readonly string[], columns: number): Row[] {
  return lines.flatMap((line, place) => {
    const indent = ' '.repeat(line.length - line.trimStart().length);
    const meaning = place === 0 ? 'strong' : 'text';
    return columnsOf(line) <= columns
      ? [[span(line, meaning)]]
      : wrapText(line.trim(), columns - indent.length).map((part): Row => [span(indent + part, meaning)]);
  });
}

/** The editor grows with the text up to half of the exchange. */
function askRows(overlay: Extract<Overlay, { type: 'ask' }>, columns: number, rows: number): Row[] {
  const { rows: lines, cursorRow } = editorRows(overlay.editor, columns - 4);
  const room = Math.max(3, Math.min(lines.length, Math.floor(rows / 2)));
  const scroll = Math.max(0, cursorRow - room + 1);
  return framed({
    title: 'your question, put to everyone before the next turn',
    hint: 'Enter asks · Alt+Enter or Ctrl+J new line · Esc discards',
    content: overlay.editor.graphemes.length === 0 ? [[span(' ', 'selected')]] : lines,
    columns,
    rows: Math.min(rows, room + 2),
    scroll,
  });
}
