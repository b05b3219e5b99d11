import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../src/text/clean-text.ts';

describe('text for a document', () => {
  test.each([
    ['zero-width spaces', 'a\u200bb'],
    ['the Arabic letter mark', 'a\u061cb'],
    ['soft hyphens', 'a\u00adb'],
    ['tag characters', 'a\u{e0041}\u{e0042}b'],
    ['bidi controls', 'a\u202e\u2066\u200fb'],
    ['joiners between letters that never join', 'a\u200d\u200cb'],
    ['variation selectors after letters', 'a\ufe0fb'],
    ['invisible operators and fillers', 'a\u2060\u2064\u3164\uffa0b'],
    [
      'terminal strings of every kind, body and all',
      'a\u001bP1$r0m\u001b\\\u001b_G;AAAA\u001b\\\u0090x\u009cb',
    ],
    ['control characters', 'a\u0000\u0007\u0085\u007fb'],
  ])('loses %s', (_what, hostile) => {
    expect(cleanText(hostile)).toBe('ab');
  });

  test('keeps the joiners that scripts and emoji need', () => {
    const text = 'می\u200cخواهم, क्\u200dष, 👩\u200d🚀, ❤\ufe0f, 👍🏽';
    expect(cleanText(text)).toBe(text);
  });

  test('keeps no tower of marks', () => {
    expect(cleanText(`a${'\u0335'.repeat(40)}`)).toHaveLength(5);
  });

  test('has one kind of line end, and none where it must be one line', () => {
    expect(cleanText('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd');
    expect(cleanLine(' a\r\n\tb ')).toBe('a b');
  });

  test.each(['\u001b[0;', '\u009d\u001b', '\u200d', '👩\u200d', '\u0335'])(
    'takes linear time for nothing but %j',
    (part) => {
      expect(cleanText(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(1_000_000);
    },
  );
});
