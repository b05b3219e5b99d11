import { fitted, type Row, span } from './span.ts';

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
  let start = editor.cursor;
  while (start > 0 && isBlank(editor.graphemes[start - 1])) start--;
  while (start > 0 && !isBlank(editor.graphemes[start - 1])) start--;
  return erased(editor, start, editor.cursor);
}

export function erasedToLineStart(editor: EditorState): EditorState {
  return erased(editor, lineStart(editor), editor.cursor);
}

export type Motion = 'left' | 'right' | 'up' | 'down' | 'home' | 'end';

export function moved(editor: EditorState, motion: Motion): EditorState {
  const { cursor, graphemes } = editor;
  const start = lineStart(editor);
  switch (motion) {
    case 'left':
      return { graphemes, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { graphemes, cursor: Math.min(graphemes.length, cursor + 1) };
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
  return graphemes.lastIndexOf('\n', cursor - 1) < 0 || cursor === 0
    ? 0
    : graphemes.lastIndexOf('\n', cursor - 1) + 1;
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

/** A one-line input with its label; the cursor stands out by reverse. */
export function promptRow(label: string, editor: EditorState, note: string, columns: number): Row {
  const { graphemes, cursor } = editor;
  const before = graphemes
    .slice(0, cursor)
    .join('')
    .slice(-(columns - label.length - 6));
  const row: Row = [
    span(` ${label} `, 'accent'),
    span(before),
    span(graphemes[cursor] ?? ' ', 'selected'),
    span(graphemes.slice(cursor + 1).join('')),
    span(note === '' ? '' : `   ${note}`, 'muted'),
  ];
  return fitted(row, columns);
}

/** The lines of a multi-line text at a width, with the cursor in them. */
export function editorRows(editor: EditorState, columns: number): { rows: Row[]; cursorRow: number } {
  const rows: Row[] = [];
  let line: { text: string; meaning: 'text' | 'selected' }[] = [];
  let used = 0;
  let cursorRow = 0;
  const end = () => {
    rows.push(line.map(({ text, meaning }) => span(text, meaning)));
    line = [];
    used = 0;
  };
  for (const [index, grapheme] of [...editor.graphemes, ' '].entries()) {
    if (used >= columns) end();
    const isCursor = index === editor.cursor;
    if (isCursor) cursorRow = rows.length;
    const shown = grapheme === '\n' ? ' ' : grapheme;
    if (isCursor || grapheme !== '\n') line.push({ text: shown, meaning: isCursor ? 'selected' : 'text' });
    used += 1;
    if (grapheme === '\n') end();
  }
  end();
  return { rows, cursorRow };
}
