import { wrapText } from '../../text/columns.ts';
import type { Meaning } from '../theme/theme.ts';
import { columnsOf, emptyRow, type Row, type Span, span } from './span.ts';

/** Lines longer than this tire the eye, however wide the screen. */
export const widestText = 96;
export const indent = '   ';

/** A part of a text that means something else than the rest, by its offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
}

/** Indented text with its citations marked, and the stretches that mean something of their own. */
export function bodyRows(
  text: string,
  width: number,
  meaning: Meaning = 'text',
  stretches: readonly Stretch[] = [],
): Row[] {
  const room = Math.min(widestText, width - 2 * indent.length);
  const paragraphs = text.split('\n').map((paragraph) => ({
    lines: wrapText(paragraph, room),
    isRightToLeft: isRightToLeft(paragraph),
  }));
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  const sides = paragraphs.flatMap((paragraph) => paragraph.lines.map(() => paragraph.isRightToLeft));
  return markedLines(text, lines, meaning, stretches).map((line, place) => {
    if (line.length === 0) return emptyRow;
    const aside = sides[place] ? ' '.repeat(Math.max(0, room - columnsOf(lines[place] ?? ''))) : '';
    return [span(indent + aside), ...line.flatMap(cited)];
  });
}

/** The lines of a wrapped paragraph, at the right edge of the room where it runs from right to left. */
export function sidedLines(paragraph: string, room: number): string[] {
  const lines = wrapText(paragraph, room);
  if (!isRightToLeft(paragraph)) return lines;
  return lines.map((line) => ' '.repeat(Math.max(0, room - columnsOf(line))) + line);
}

/** A paragraph of a framed view, two columns in from its edge. */
export function insetRows(paragraph: string, columns: number, meaning: Meaning = 'text'): Row[] {
  return sidedLines(paragraph, columns - 2).map((line) => [span('  '), span(line, meaning)]);
}

/**
 * Whether a paragraph runs from right to left, by its first letter with a direction (rule P2 of the Unicode bidirectional
 * algorithm). Its lines end at the right edge; the order of letters within a line is the terminal's to set.
 */
function isRightToLeft(paragraph: string): boolean {
  const first = /\p{L}/u.exec(paragraph)?.[0] ?? '';
  return rightToLeft.test(first);
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * The lines of a wrapped text, each in spans by what its letters mean. Wrapping changes nothing but the space between
 * words, so every letter of a line is the next one of the text.
 */
export function markedLines(
  text: string,
  lines: readonly string[],
  meaning: Meaning,
  stretches: readonly Stretch[],
): Span[][] {
  if (stretches.length === 0) return lines.map((line) => (line === '' ? [] : [span(line, meaning)]));
  const meaningAt = (place: number) =>
    stretches.find(({ start, end }) => place >= start && place < end)?.meaning ?? meaning;
  let place = 0;
  return lines.map((line) => {
    const spans: Span[] = [];
    let from = 0;
    let last: Meaning = meaning;
    for (let index = 0; index < line.length; index++) {
      const letter = line.charAt(index);
      if (letter !== ' ') place = Math.max(place, text.indexOf(letter, place));
      const here = letter === ' ' && text.charAt(place) !== ' ' ? meaning : meaningAt(place);
      if (text.charAt(place) === letter) place += 1;
      if (here === last) continue;
      if (index > from) spans.push(span(line.slice(from, index), last));
      [from, last] = [index, here];
    }
    return from < line.length ? [...spans, span(line.slice(from), last)] : spans;
  });
}

/** Splits a span so that `[P3]` and `[T7]` stand out; what is marked already stays as it is. */
function cited(part: Span): Span[] {
  if (part.meaning === 'misquote') return [part];
  return part.text
    .split(/(\[[PT]\d+\])/u)
    .filter((text) => text !== '')
    .map((text) => span(text, /^\[[PT]\d+\]$/u.test(text) ? 'citation' : part.meaning));
}
