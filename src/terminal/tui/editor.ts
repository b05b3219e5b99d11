import { sanitizeText } from '../../text/sanitize.ts';
import { columnsOf, fitted, type Row, type Span, span } from './span.ts';

/** A small text editor: the text as graphemes, and a cursor before one of them. */
export interface EditorState {
  readonly graphemes: readonly string[];
  readonly cursor: number;
}

export const emptyEditor: EditorState = { graphemes: [], cursor: 0 };

export function textOf({ graphemes }: EditorState): string {
  return graphemes.join('');
}

export function editorWith(text: string): EditorState {
  const graphemes = split(text);
  return { graphemes, cursor: graphemes.length };
}

/** Typed or pasted text at the cursor; never more than `most` characters in all. */
export function inserted(editor: EditorState, text: string, most: number): EditorState {
  const added = split(text).slice(0, Math.max(0, most - textOf(editor).length));
  const before = editor.graphemes.slice(0, editor.cursor);
  const after = editor.graphemes.slice(editor.cursor);
  const joined = split([...before, ...added].join(''));
  return { graphemes: [...joined, ...after], cursor: joined.length };
}

export function erasedBefore(editor: EditorState): EditorState {
  return erased(editor, editor.cursor - 1, editor.cursor);
}

export function erasedAfter(editor: EditorState): EditorState {
  return erased(editor, editor.cursor, editor.cursor + 1);
}

/** Without the word before the cursor and the spaces after it. */
export function erasedWord(editor: EditorState): EditorState {
  return erased(editor, wordStart(editor), editor.cursor);
}

function wordStart({ graphemes, cursor }: EditorState): number {
  let start = cursor;
  while (start > 0 && isBlank(graphemes[start - 1])) start--;
  while (start > 0 && !isBlank(graphemes[start - 1])) start--;
  return start;
}

export function erasedToLineStart(editor: EditorState): EditorState {
  return erased(editor, lineStart(editor), editor.cursor);
}

export type Motion = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'word-left' | 'word-right';

export function moved(editor: EditorState, motion: Motion): EditorState {
  const { cursor, graphemes } = editor;
  const start = lineStart(editor);
  switch (motion) {
    case 'left':
      return { graphemes, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { graphemes, cursor: Math.min(graphemes.length, cursor + 1) };
    case 'word-left':
      return { graphemes, cursor: wordStart(editor) };
    case 'word-right': {
      let end = cursor;
      while (end < graphemes.length && isBlank(graphemes[end])) end++;
      while (end < graphemes.length && !isBlank(graphemes[end])) end++;
      return { graphemes, cursor: end };
    }
    case 'home':
      return { graphemes, cursor: start };
    case 'end':
      return { graphemes, cursor: lineEnd(editor) };
    case 'up': {
      if (start === 0) return { graphemes, cursor: 0 };
      const above = lineStart({ graphemes, cursor: start - 1 });
      return { graphemes, cursor: Math.min(above + cursor - start, start - 1) };
    }
    case 'down': {
      const end = lineEnd(editor);
      if (end === graphemes.length) return { graphemes, cursor: end };
      const below = end + 1;
      return { graphemes, cursor: Math.min(below + cursor - start, lineEnd({ graphemes, cursor: below })) };
    }
  }
}

function erased({ graphemes }: EditorState, from: number, to: number): EditorState {
  const start = Math.max(0, from);
  return { graphemes: [...graphemes.slice(0, start), ...graphemes.slice(to)], cursor: start };
}

function lineStart({ graphemes, cursor }: EditorState): number {
  return cursor === 0 ? 0 : graphemes.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd({ graphemes, cursor }: EditorState): number {
  const end = graphemes.indexOf('\n', cursor);
  return end < 0 ? graphemes.length : end;
}

function isBlank(grapheme: string | undefined): boolean {
  return grapheme === undefined || /^\s$/u.test(grapheme);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function split(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

const motions: Readonly<Record<string, Motion>> = {
  ...{ left: 'left', right: 'right', up: 'up', down: 'down', home: 'home', end: 'end' },
  ...{ 'ctrl+left': 'word-left', 'meta+left': 'word-left', 'meta+b': 'word-left' },
  ...{ 'ctrl+right': 'word-right', 'meta+right': 'word-right', 'meta+f': 'word-right' },
  ...{ 'ctrl+a': 'home', 'ctrl+e': 'end' },
};

const erasures: Readonly<Record<string, (editor: EditorState) => EditorState>> = {
  ...{ backspace: erasedBefore, 'ctrl+h': erasedBefore, delete: erasedAfter, 'ctrl+d': erasedAfter },
  ...{ 'ctrl+w': erasedWord, 'meta+backspace': erasedWord, 'ctrl+u': erasedToLineStart },
};

/** The editor after a key; null where the key edits nothing. */
export function editedBy(editor: EditorState, key: string, input: string, most: number): EditorState | null {
  const motion = motions[key];
  if (motion) return moved(editor, motion);
  const erasure = erasures[key];
  if (erasure) return erasure(editor);
  if (key.startsWith('ctrl+') || key.startsWith('meta+') || input === '') return null;
  const text = sanitizeText(input);
  return text === '' ? null : inserted(editor, text, most);
}

/** A one-line input with its label; the cursor stands out by reverse. */
export function promptRow(label: string, editor: EditorState, note: string, columns: number): Row {
  const [before, ...rest] = cursorSpans(editor.graphemes, editor.cursor);
  const end = before.text.slice(-(columns - label.length - 6));
  const aside = span(note === '' ? '' : `   ${note}`, 'muted');
  return fitted([span(` ${label} `, 'accent'), span(end), ...rest, aside], columns);
}

/** A text with the cursor in it: what stands before the cursor, under it and after it. */
export function cursorSpans(graphemes: readonly string[], cursor: number): [Span, Span, Span] {
  return [
    span(graphemes.slice(0, cursor).join('')),
    span(graphemes[cursor] ?? ' ', 'selected'),
    span(graphemes.slice(cursor + 1).join('')),
  ];
}

/** A visual line of a text: the graphemes from `start` up to `end`. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/** The text in lines no wider than so many columns, broken between words where that can be; spaces at a break hang. */
function linesOf({ graphemes }: EditorState, columns: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let used = 0;
  /** Just after the last space of the line. */
  let breakAt = 0;
  for (let index = 0; index < graphemes.length; index++) {
    const grapheme = graphemes[index] ?? '';
    if (grapheme === '\n') {
      lines.push({ start, end: index });
      start = index + 1;
      [used, breakAt] = [0, start];
      continue;
    }
    const isSpace = grapheme === ' ';
    const width = columnsOf(grapheme);
    if (!isSpace && used + width > columns && index > start) {
      const end = breakAt > start ? breakAt : index;
      lines.push({ start, end });
      used = columnsOf(graphemes.slice(end, index).join(''));
      start = end;
      breakAt = start;
    }
    used += width;
    if (isSpace) breakAt = index + 1;
  }
  return [...lines, { start, end: graphemes.length }];
}

function lineAt(lines: readonly Line[], cursor: number): number {
  return lines.findLastIndex(({ start }) => start <= cursor);
}

/** The cursor so many visual lines further down, or up where negative; at the text's ends where there are no more. */
export function movedByLines(editor: EditorState, by: number, columns: number): EditorState {
  const { graphemes, cursor } = editor;
  const lines = linesOf(editor, columns);
  const now = lineAt(lines, cursor);
  const line = lines[now + by];
  if (!line) return { graphemes, cursor: by < 0 ? 0 : graphemes.length };
  const next = lines[now + by + 1];
  const last = next?.start === line.end ? line.end - 1 : line.end;
  return { graphemes, cursor: Math.min(line.start + cursor - (lines[now]?.start ?? 0), last) };
}

/** The lines of a multi-line text at a width, with the cursor in them. */
export function editorRows(editor: EditorState, columns: number): { rows: Row[]; cursorRow: number } {
  const { graphemes, cursor } = editor;
  const lines = linesOf(editor, columns);
  const cursorRow = lineAt(lines, cursor);
  const rows = lines.map(({ start, end }, index): Row => {
    const text = graphemes.slice(start, end);
    return index === cursorRow ? cursorSpans(text, cursor - start) : [span(text.join(''))];
  });
  return { rows, cursorRow };
}
