import { emptyRow, fitted, type Row, span } from '../span.ts';

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
  return [edge('╭', '╮', title, columns), ...lines, edge('╰', '╯', more ? `↓ more  ${hint}` : hint, columns)];
}

function edge(left: string, right: string, text: string, columns: number): Row {
  const label = text === '' ? '' : ` ${text} `;
  const row: Row = [span(`${left}─`, 'faint'), span(label, 'muted')];
  const used = 2 + label.length;
  const fill = Math.max(0, columns - used - 1);
  return fitted([...row, span('─'.repeat(fill) + right, 'faint')], columns);
}
