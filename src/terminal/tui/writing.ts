import type { Passage } from '../../debate/agenda.ts';
import { contentStems } from '../../text/words.ts';
import { type EditorState, editorWith, inserted, textOf } from './editor.ts';

/** A speech that a person writes. */
export interface Writing {
  readonly persona: string;
  readonly editor: EditorState;
  /** Texts to go back to, oldest first. */
  readonly past: readonly EditorState[];
  /** Was the last change typing, so that more of it is one step back? */
  readonly isTyping: boolean;
  /** A passage that Tab has put in, and those that further ones put in its place. */
  readonly completion: {
    readonly start: number;
    readonly passages: readonly number[];
    readonly at: number;
  } | null;
  /** Rows that the persona's brief is scrolled down. */
  readonly scroll: number;
}

/** The longest text that the editor takes, in characters. */
export const mostCharacters = 20_000;
const mostSteps = 200;

export function writingWith(persona: string, text: string): Writing {
  return { persona, editor: editorWith(text), past: [], isTyping: false, completion: null, scroll: 0 };
}

/** The same with the text changed, one step further from where undo leads; typing on is one step. */
export function changedTo(writing: Writing, editor: EditorState, isTyping: boolean): Writing {
  const { past } = writing;
  const isChanged = textOf(editor) !== textOf(writing.editor);
  const joins = isTyping && writing.isTyping;
  return {
    ...writing,
    editor,
    completion: null,
    isTyping: isTyping && isChanged,
    past: isChanged && !joins ? [...past, writing.editor].slice(-mostSteps) : past,
  };
}

export function typed(writing: Writing, text: string): Writing {
  // A new word is a new step, so that undo takes back a word or so and not the whole speech.
  const isTyping = !/\s/u.test(text);
  return changedTo(writing, inserted(writing.editor, text, mostCharacters), isTyping);
}

export function undone(writing: Writing): Writing {
  const editor = writing.past.at(-1);
  if (!editor) return writing;
  return { ...writing, editor, past: writing.past.slice(0, -1), isTyping: false, completion: null };
}

/** A text in place of all that stands there; undo brings that back. */
export function replacedBy(writing: Writing, text: string): Writing {
  return changedTo(writing, editorWith(text.slice(0, mostCharacters)), false);
}

/**
 * Completes a citation before the cursor (`[`, `[P`, `[P1`) to `[P3]`; after any other word it puts in the passage that shares most
 * words with the sentence. Again: the next one in its place.
 */
export function withCitation(writing: Writing, passages: readonly Passage[]): Writing {
  const next = nextOf(writing.completion);
  const begun = next ?? completionAt(writing.editor, passages);
  const label = begun.passages[begun.at];
  if (label === undefined) return writing;
  const { graphemes, cursor } = writing.editor;
  const start = begun.start;
  const before = graphemes.slice(0, start);
  const space = before.length > 0 && /\S/u.test(before.at(-1) ?? '') && before.at(-1) !== '[' ? [' '] : [];
  const put = [...before, ...space, ...`[P${label}]`];
  const editor = { graphemes: [...put, ...graphemes.slice(cursor)], cursor: put.length };
  const changed = next ? { ...writing, editor } : changedTo(writing, editor, false);
  return { ...changed, completion: begun };
}

/** The passage that a completion stands at, for showing its words. */
export function passageShown({ completion }: Writing): number | null {
  return completion ? (completion.passages[completion.at] ?? null) : null;
}

function nextOf(completion: Writing['completion']): NonNullable<Writing['completion']> | null {
  return completion && { ...completion, at: (completion.at + 1) % completion.passages.length };
}

function completionAt({ graphemes, cursor }: EditorState, passages: readonly Passage[]) {
  const before = graphemes.slice(Math.max(0, cursor - 8), cursor).join('');
  const citation = /\[[Pp]?(\d{0,4})$/u.exec(before);
  if (citation) {
    const digits = citation[1] ?? '';
    const fitting = passages.filter(({ number }) => String(number).startsWith(digits));
    return { start: cursor - citation[0].length, passages: numbersOf(fitting), at: 0 };
  }
  const sentence = /[^.!?\n]*$/u.exec(graphemes.slice(0, cursor).join('').trimEnd())?.[0] ?? '';
  const words = new Set(contentStems(sentence));
  const shared = ({ text }: Passage) => new Set(contentStems(text).filter((stem) => words.has(stem))).size;
  const ranked = passages.map((passage) => ({ passage, score: shared(passage) }));
  ranked.sort((one, other) => other.score - one.score || one.passage.number - other.passage.number);
  return { start: cursor, passages: numbersOf(ranked.map(({ passage }) => passage)), at: 0 };
}

function numbersOf(passages: readonly Passage[]): number[] {
  return passages.map(({ number }) => number);
}
