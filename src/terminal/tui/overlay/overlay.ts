import type { Debate } from '../../../debate/debate.ts';
import type { KeyPlace } from '../keys.ts';
import { type Row, span } from '../span.ts';
import type { Overlay } from '../view.ts';
import { evidenceContent } from './evidence.ts';
import { framed } from './frame.ts';
import { helpContent } from './help.ts';
import { passagesContent } from './passages.ts';
import { editorRows, promptRow } from './prompt.ts';

export interface OverlayOptions {
  overlay: Overlay;
  debate: Debate | null;
  place: KeyPlace;
  columns: number;
  rows: number;
  /** What the search found, in words. */
  found: string;
}

/** The rows that lie over the bottom of the exchange: all of it, a part, or none. */
export function overlayRows(options: OverlayOptions): Row[] {
  const { overlay, debate, columns, rows, place } = options;
  const inner = columns - 4;
  switch (overlay.type) {
    case 'none':
      return [];
    case 'help':
      return framed({
        title: 'keys',
        hint: 'j k scroll · Esc closes',
        content: helpContent(place, inner),
        columns,
        rows,
        scroll: overlay.scroll,
      });
    case 'evidence':
      return framed({
        title: 'evidence',
        hint: columns < 60 ? '← → ↑ ↓ PgDn · Esc closes' : '← → speaker · ↑ ↓ issue · PgDn more · Esc closes',
        content: debate ? evidenceContent(debate, overlay.speaker, overlay.issue, inner) : [],
        columns,
        rows,
        scroll: overlay.scroll,
      });
    case 'passages':
      return framed({
        title: `the sources of T${overlay.turn}`,
        hint: 'j k scroll · Esc closes',
        content: debate ? passagesContent(debate, overlay.turn, inner) : [],
        columns,
        rows,
        scroll: overlay.scroll,
      });
    case 'search':
      return [promptRow('/', overlay.query, options.found, columns)];
    case 'jump':
      return [promptRow('go to', overlay.target, '12 is turn 12, r3 is round 3', columns)];
    case 'ask':
      return askRows(overlay, columns, rows);
  }
}

/** The editor grows with the text up to half of the exchange. */
function askRows(overlay: Extract<Overlay, { type: 'ask' }>, columns: number, rows: number): Row[] {
  const { rows: lines, cursorRow } = editorRows(overlay.editor, columns - 4);
  const room = Math.max(3, Math.min(lines.length, Math.floor(rows / 2)));
  const scroll = Math.max(0, cursorRow - room + 1);
  return framed({
    title: 'your question, put to everyone before the next turn',
    hint: 'Enter asks · Alt+Enter or Ctrl+J new line · Esc drops',
    content: overlay.editor.graphemes.length === 0 ? [[span(' ', 'selected')]] : lines,
    columns,
    rows: Math.min(rows, room + 2),
    scroll,
  });
}
