import { type EditorState, editedBy, editorWith, inserted, textOf } from '../tui/editor.ts';
import type { KeyPress } from '../tui/key-name.ts';
import type { HomeChange, HomeIntent, HomePlace } from './home-keys.ts';

/** A question that is answered by typing, or by y. */
export type Prompt =
  | { readonly type: 'fork' | 'report' | 'export'; readonly label: string; readonly editor: EditorState }
  | { readonly type: 'empty-bin'; readonly label: string };

/** Characters of a line that a person types at home. */
const longest = 200;

/** What is asked before something is done, with what would usually be answered. */
export function promptFor(type: Prompt['type'], { item, marked, content }: HomePlace): Prompt {
  const turns = item?.run?.turns ?? 1;
  switch (type) {
    case 'fork':
      return {
        type,
        label: `Go on differently from turn (1 to ${turns})`,
        editor: editorWith(String(turns)),
      };
    case 'report':
      return { type, label: 'Write the page to', editor: editorWith(`${item?.key}.html`) };
    case 'export':
      return { type, label: `Export ${marked.length} to the folder`, editor: editorWith('dataset') };
    case 'empty-bin': {
      const label = `Delete ${content.bin.length} for good? They cannot be brought back. y deletes, any other key keeps`;
      return { type, label };
    }
  }
}

/** What a key makes of a prompt: another state of it, null once it is over, and what was asked for then. */
export interface Answer {
  prompt: Prompt | null;
  intent?: HomeIntent;
  change?: HomeChange;
  said?: string;
}

export function answered(prompt: Prompt, { name, input }: KeyPress, place: HomePlace): Answer {
  if (prompt.type === 'empty-bin') {
    return { prompt: null, ...(name === 'y' ? { change: { type: 'empty-bin' } } : {}) };
  }
  if (name === 'escape') return { prompt: null };
  if (name !== 'return' && name !== 'ctrl+j') {
    const editor = typedInto(prompt.editor, { name, input });
    return { prompt: editor ? { ...prompt, editor } : prompt };
  }
  const text = textOf(prompt.editor).trim();
  const key = place.item?.key ?? '';
  if (text === '') return { prompt, said: 'type an answer, or leave it with Esc' };
  switch (prompt.type) {
    case 'report':
      return { prompt: null, intent: { type: 'report', run: key, file: text } };
    case 'export': {
      const { marked, content } = place;
      const isMarked = new Set(marked);
      const hasSimulated = content.runs.some(
        ({ name: run, isSimulated }) => isSimulated && isMarked.has(run),
      );
      return { prompt: null, intent: { type: 'export', runs: marked, folder: text, hasSimulated } };
    }
    case 'fork': {
      const turn = Number(text);
      const most = place.item?.run?.turns ?? 0;
      if (!Number.isInteger(turn) || turn < 1 || turn > most) return { prompt, said: `1 to ${most}` };
      return { prompt: null, intent: { type: 'fork', run: key, turn } };
    }
  }
}

/** A line after a key or a paste; null where the key edits nothing. */
export function typedInto(editor: EditorState, { name, input }: KeyPress): EditorState | null {
  return name === '' ? inserted(editor, input, longest) : editedBy(editor, name, input, longest);
}
