import type { Theme } from '../theme/theme.ts';
import { columnsOf, fitted, type Row, rowWidth } from './span.ts';

/** Painted lines in a place of the screen; rows and columns count from 0. */
interface Pane {
  readonly lines: readonly string[];
  readonly row: number;
  readonly column: number;
  readonly columns: number;
}

/**
 * Writes the full screen: of each line only what comes after the part that stands there already, and nothing of lines that
 * stayed. The rows are laid out, so that Ink, which would take every frame apart again, is left with the keyboard.
 */
export interface ScreenWriter {
  draw(panes: readonly Pane[]): void;
  /** The screen may hold anything by now: the next frame is written whole. */
  forget(): void;
}

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
const clear = '\u001b[0m\u001b[H\u001b[2J';

export function createScreenWriter(write: (text: string) => void): ScreenWriter {
  /** What stands at a row and column, and where the panes were. */
  let shown = new Map<string, string>();
  let arrangement = '';
  return {
    draw(panes) {
      const places = panes
        .map(({ row, column, columns, lines }) => [row, column, columns, lines.length].join())
        .join(';');
      let output = '';
      if (places !== arrangement) {
        shown = new Map();
        arrangement = places;
        output = clear;
      }
      for (const { lines, row, column, columns } of panes) {
        for (const [index, line] of lines.entries()) {
          const key = `${row + index},${column}`;
          const before = shown.get(key) ?? '';
          if (line === before) continue;
          output += changeOf(before, line, row + index, column, columns);
          shown.set(key, line);
        }
      }
      if (output !== '') write(begin + output + end);
    },
    forget() {
      arrangement = '';
    },
  };
}

/** From the first place where the lines differ: move there, erase the rest of the pane's line, write. */
function changeOf(before: string, line: string, row: number, column: number, columns: number): string {
  const same = commonPrefix(before, line);
  const kept = line.slice(0, same);
  const width = columnsOf(kept.replace(sgr, ''));
  const style = kept.match(sgr)?.at(-1) ?? '';
  const isStyled = style !== '' && style !== reset;
  const place = `\u001b[${row + 1};${column + width + 1}H`;
  return `${place}\u001b[${columns - width}X${isStyled ? style : ''}${line.slice(same)}${reset}`;
}

const reset = '\u001b[0m';
const sgr = /\u001b\[[\d;]*m/gu;

/** How many units both begin with, cut back to a place that splits no sequence and no letter from its marks. */
function commonPrefix(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  while (length > 0 && !isBoundary(one, other, length)) length--;
  const sequence = other.lastIndexOf('\u001b', length - 1);
  const sequenceEnd = sequence < 0 ? -1 : other.indexOf('m', sequence);
  return sequence >= 0 && sequenceEnd >= length ? sequence : length;
}

/** Between letters of ASCII nothing joins. */
function isBoundary(one: string, other: string, place: number): boolean {
  const plain = (text: string, at: number) => at >= text.length || text.charCodeAt(at) < 0x80;
  return plain(one, place - 1) && plain(one, place) && plain(other, place);
}

/** Rows as text with colours, at most so wide; a row that was painted for this width before is not painted again. */
export type Painter = (row: Row, columns: number) => string;

export function createPainter(theme: Theme): Painter {
  const painted = new WeakMap<Row, { columns: number; text: string }>();
  return (row, columns) => {
    const known = painted.get(row);
    if (known?.columns === columns) return known.text;
    // No filling up: spaces at the end would cost Ink as much as letters.
    const text = (rowWidth(row) > columns ? fitted(row, columns) : row)
      .map((part) => theme.paint(part.text, part.meaning))
      .join('');
    painted.set(row, { columns, text });
    return text;
  };
}
