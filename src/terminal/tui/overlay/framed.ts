import { columnsOf, cutText, emptyRow, fitted, type Row, span } from '../span.ts';

/** A framed box of exactly `columns` by `rows`, its content scrolled; the frame says when there is more. */
export function framed(options: {
  title: string;
  hint: string;
  content: readonly Row[];
  columns: number;
  rows: number;
  scroll: number;
}): Row[] {
  const { title, hint, content, columns, rows } = options;
  const inner = columns - 4;
  const room = Math.max(1, rows - 2);
  const scroll = Math.max(0, Math.min(options.scroll, content.length - room));
  const more = content.length > scroll + room;
  const lines = Array.from({ length: room }, (_, index): Row => {
    const line = content[scroll + index] ?? emptyRow;
    return [span('│ ', 'faint'), ...fitted(line, inner), span(' │', 'faint')];
  });
  const isMore = more ? '↓ more  ' : '';
  return [edge('╭', '╮', title, columns), ...lines, edge('╰', '╯', `${isMore}${hint}`, columns)];
}

function edge(left: string, right: string, text: string, columns: number): Row {
  const label = text === '' ? '' : ` ${cutText(text, columns - 5).trimEnd()} `;
  const fill = Math.max(0, columns - 3 - columnsOf(label));
  return [span(`${left}─`, 'faint'), span(label, 'muted'), span('─'.repeat(fill) + right, 'faint')];
}
