import stringWidth from 'string-width';
import type { Meaning } from '../theme/theme.ts';

/** A piece of text and what it means. */
export interface Span {
  readonly text: string;
  readonly meaning: Meaning;
}

/** One row of the screen, or of a part of it. */
export type Row = readonly Span[];

export const emptyRow: Row = [];

/** A size on the screen. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A span never holds a line feed: a name or title that brings one must not break the rows around it. */
export function span(text: string, meaning: Meaning = 'text'): Span {
  return { text: text.includes('\n') ? text.replace(/\s*\n\s*/gu, ' ') : text, meaning };
}

/** Columns that a text takes on the screen. */
export function columnsOf(text: string): number {
  if (printableAscii.test(text)) return text.length;
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  if (widths.size >= mostWidths) widths.clear();
  widths.set(text, width);
  return width;
}

/** Signs, rules and titles come in every frame, and measuring them takes longer than all else about them. */
const widths = new Map<string, number>();
const mostWidths = 4000;

const printableAscii = /^[ -~]*$/u;

export function rowWidth(row: Row): number {
  let width = 0;
  for (const { text } of row) width += columnsOf(text);
  return width;
}

/** Exactly `width` columns: cut with an ellipsis, or filled with spaces. */
export function fitted(row: Row, width: number): Row {
  const free = width - rowWidth(row);
  if (free === 0) return row;
  return free > 0 ? [...row, span(' '.repeat(free))] : cut(row, width);
}

/** Left and right parts on one row; the left one is cut where both do not fit. */
export function justified(left: Row, right: Row, width: number): Row {
  const room = width - rowWidth(right);
  return room < 8 ? fitted(left, width) : [...fitted(left, room - 1), span(' '), ...right];
}

/** A heading, with a note on its right where there is room for it. */
export function titleRow(title: string, note: string, columns: number): Row {
  const left: Row = [span(title.toUpperCase(), 'muted')];
  return title.length + note.length + 2 > columns ? left : justified(left, [span(note, 'muted')], columns);
}

/** Exactly so many rows: cut, or filled up with empty ones. */
export function filled(rows: readonly Row[], height: number): Row[] {
  return Array.from({ length: Math.max(0, height) }, (_, index) => rows[index] ?? emptyRow);
}

/** Exactly so many rows, none wider than the columns. */
export function within(rows: readonly Row[], { columns, rows: height }: Size): Row[] {
  return filled(rows, height).map((row) => (rowWidth(row) > columns ? fitted(row, columns) : row));
}

/** A text in a column of its own: cut, or filled on the right. */
export function column(text: string, width: number): string {
  const free = width - columnsOf(text);
  return free >= 0 ? text + ' '.repeat(free) : cutText(text, width);
}

/** As much of a text as fits, with an ellipsis where something is left out. */
export function cutText(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const size = columnsOf(segment);
    if (used + size > width - 1) break;
    kept += segment;
    used += size;
  }
  return width < 1 ? '' : `${kept}…${' '.repeat(Math.max(0, width - 1 - used))}`;
}

/** A name with its end kept, which tells it from others that begin alike; what does not fit goes from the middle. */
export function cutMiddle(name: string, width: number): string {
  if (columnsOf(name) <= width) return name;
  let end = '';
  for (const { segment } of [...graphemes.segment(name)].reverse()) {
    if (columnsOf(segment + end) > width / 3) break;
    end = segment + end;
  }
  return `${cutText(name, width - columnsOf(end)).trimEnd()}${end}`;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function cut(row: Row, width: number): Row {
  const kept: Span[] = [];
  let room = width;
  for (const part of row) {
    const size = columnsOf(part.text);
    const isLast = part === row.at(-1);
    if (size < room || (size === room && isLast)) {
      kept.push(part);
      room -= size;
      continue;
    }
    kept.push(span(cutText(size === room ? `${part.text} ` : part.text, room), part.meaning));
    return kept;
  }
  return kept;
}

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
  const lines = filled(content.slice(scroll), room).map((line): Row => {
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
