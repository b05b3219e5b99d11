import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { sanitizeLine, sanitizeText } from '../../src/text/sanitize.ts';

describe('sanitizeText', () => {
  it.each([
    ['colours', 'a\u001b[31mb\u001b[0mc', 'abc'],
    ['cursor moves', 'a\u001b[10;10Hb\u001b[2Jc', 'abc'],
    ['private modes', 'a\u001b[?1049hb', 'ab'],
    ['titles ended by BEL', 'a\u001b]0;owned\u0007b', 'ab'],
    ['titles ended by ST', 'a\u001b]2;owned\u001b\\b', 'ab'],
    ['clipboard writes', 'a\u001b]52;c;aGVsbG8=\u0007b', 'ab'],
    ['links, keeping their text', '\u001b]8;;http://x.test\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['device control strings', 'a\u001bP1$r0m\u001b\\b', 'ab'],
    ['application commands', 'a\u001b_Gi=1;AAAA\u001b\\b', 'ab'],
    ['two-character escapes', 'a\u001bcb\u001b7c\u001b(0d', 'abcd'],
    ['colours whose escape was replaced by a sign', 'a\u241b[31mb\ufffd[0;1mc', 'abc'],
    ['C1 CSI', 'a\u009b31mb', 'ab'],
    ['C1 OSC', 'a\u009d0;owned\u009cb', 'ab'],
    ['other C1', 'a\u0084\u0085\u008db', 'ab'],
    ['bare carriage returns', 'safe\rEVIL', 'safeEVIL'],
    ['backspaces', 'ab\b\bcd', 'abcd'],
    ['NUL, BEL, VT, FF, SO and DEL', 'a\u0000\u0007\v\f\u000e\u007fb', 'ab'],
    ['bidi overrides and isolates', 'a\u202eb\u2066c\u2069', 'abc'],
    ['zero-width characters', 'a\u200bb\u200dc\ufeffd', 'abcd'],
    ['tag characters', 'a\u{e0041}\u{e0042}b', 'ab'],
    ['soft hyphens', 'a\u00adb', 'ab'],
  ])('removes %s', (_what, hostile, expected) => {
    expect(sanitizeText(hostile)).toBe(expected);
  });

  it('gives Windows line ends and Unicode line separators as line feeds', () => {
    expect(sanitizeText('a\r\nb\u2028c\u2029d')).toBe('a\nb\nc\nd');
  });

  it('gives a tab as spaces, since a tab moves the cursor and leaves what was there', () => {
    expect(sanitizeText('a\tb')).toBe('a    b');
  });

  it('lets a string that never ends hide no more than its line', () => {
    expect(sanitizeText('a\u001b]0;gone\nstill here')).toBe('a\nstill here');
  });

  it('leaves ordinary text as it is: accents, Korean, Japanese, Hebrew, emoji, flags', () => {
    const text = 'Größe, naïve, 한국어와 日本語, שלום, 😀 🎉 🇰🇷, “quoted” – dashed…';
    expect(sanitizeText(text)).toBe(text);
  });

  it('keeps emoji to widths that every terminal agrees on', () => {
    const safe = sanitizeText('👍🏽 👩\u200d🚀 ❤\ufe0f 1\ufe0f\u20e3');
    expect(safe).toBe('👍 👩🚀 ❤ 1');
    const byCharacter = [...safe].reduce((sum, character) => sum + stringWidth(character), 0);
    expect(stringWidth(safe)).toBe(byCharacter);
  });

  it('puts letters and their marks together, and keeps no tower of marks', () => {
    expect(sanitizeText('e\u0301')).toBe('é');
    expect(sanitizeText(`a${'\u0335'.repeat(40)}`).length).toBeLessThanOrEqual(5);
  });

  it('shows that a character was lost where half a pair or an unassigned one comes', () => {
    expect(sanitizeText('a\ud800b\u{e000}c')).toBe('a\ufffdb\ufffdc');
  });

  // Anything worse than linear would take far longer than a test may.
  it.each([
    '\u001b[',
    '\u001b]',
    '\u001b[0;',
    '\u001b[ ',
    '\u009d\u001b',
    '\u0335',
    '👍🏽',
    '\r',
    '\u001bP1',
    'e\u0301',
  ])('is done with two million characters of nothing but %j', (part) => {
    expect(sanitizeText(part.repeat(2_000_000 / part.length)).length).toBeLessThanOrEqual(2_000_000);
  });
});

describe('sanitizeLine', () => {
  it('keeps a name on one line', () => {
    expect(sanitizeLine('  River\r\n authority\u001b[31m\t')).toBe('River authority');
  });
});
