import type { EditorState } from '../editor.ts';
import { fitted, type Row, span } from '../span.ts';

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
