import { describe, expect, it } from 'vitest';
import {
  editorWith,
  emptyEditor,
  erasedAfter,
  erasedBefore,
  erasedToLineStart,
  erasedWord,
  inserted,
  type Motion,
  moved,
  textOf,
} from '../../../src/terminal/tui/editor.ts';

const at = (text: string, ...motions: Motion[]) => motions.reduce(moved, editorWith(text));

describe('the editor', () => {
  it('puts text where the cursor is', () => {
    expect(textOf(inserted(at('ac', 'left'), 'b', 100))).toBe('abc');
  });

  it('takes no more than it may', () => {
    expect(textOf(inserted(editorWith('abc'), 'defgh', 5))).toBe('abcde');
  });

  it('treats an emoji or a syllable of several characters as one', () => {
    expect(textOf(erasedBefore(editorWith('a👩\u200d🚀')))).toBe('a');
    expect(textOf(erasedBefore(editorWith('ae\u0301')))).toBe('a');
  });

  it('erases before and after the cursor, by word and to the start of the line', () => {
    expect(textOf(erasedAfter(at('abc', 'home')))).toBe('bc');
    expect(textOf(erasedWord(editorWith('one two  ')))).toBe('one ');
    expect(textOf(erasedToLineStart(editorWith('one\ntwo')))).toBe('one\n');
    expect(textOf(erasedBefore(emptyEditor))).toBe('');
  });

  it('moves by line, keeping its column where there is one', () => {
    expect(at('abcd\nef\nghij', 'up').cursor).toBe(7);
    expect(at('abcd\nef\nghij', 'up', 'up').cursor).toBe(2);
    expect(at('abcd\nef', 'home', 'up', 'end', 'down').cursor).toBe(7);
    expect(at('abcd', 'up').cursor).toBe(0);
  });
});
