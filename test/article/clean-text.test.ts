import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from '../../src/article/clean-article-text.ts';

describe('a text nobody vouches for', () => {
  it.each([
    ['escape sequences', 'a\u001b[31mb\u0007c\u009b2Jd', 'a[31mbc2Jd'],
    ['NUL and delete', 'a\u0000b\u007fc', 'abc'],
    ['bidirectional overrides', 'pay \u202e001\u202c to \u2066him\u2069', 'pay 001 to him'],
    ['direction marks', 'a\u200eb\u200fc\u061cd', 'abcd'],
    ['zero-width characters', 'nu\u200bcl\u2060ear\ufeff', 'nuclear'],
    ['soft hyphens', 'denu\u00adcleari\u00adsation', 'denuclearisation'],
    ['joiners between Latin letters', 'nu\u200dcl\u200cear', 'nuclear'],
    ['text hidden in tag characters', 'Hi\u{e0068}\u{e0069}\u{e007f}!', 'Hi!'],
    ['bytes hidden in variation selectors', 'Hi\u{e0101}\u{e0142}\ufe05!', 'Hi!'],
    ['private characters of icon fonts', 'Share \ue001\uf8ff now', 'Share now'],
    ['piles of marks', `z${'\u0301'.repeat(40)}algo`, 'ź\u0301\u0301\u0301\u0301algo'],
    ['emoji selectors in a row', 'Hi\ufe0f\ufe0f ❤\ufe0f\ufe0e\ufe0f', 'Hi ❤\ufe0f'],
    ['fillers that look like nothing', 'a\u3164\u115f\u034fb', 'ab'],
    ['joiners in a row', 'می\u200c\u200d\u200cخ', 'می\u200cخ'],
    ['half of a surrogate pair', 'a\ud800b', 'ab'],
    ['line ends of all kinds', 'a\r\nb\rc\u2028d\u0085e\u000bf', 'a\nb\nc\nd\ne\nf'],
    ['wide and fixed spaces', ' a\u00a0\u2003b\u3000\t c ', 'a b c'],
    ['empty lines in numbers', 'a\n \n\n\t\n\nb', 'a\n\nb'],
  ])('loses %s', (_name, text, clean) => expect(cleanText(text)).toBe(clean));

  it.each([
    ['joiners that shape Persian', 'می\u200cخواهم'],
    ['joiners that shape Hindi', 'क्\u200dष'],
    ['joiners inside emoji', '👩\u200d🚀 and ❤\ufe0f\u200d🔥'],
    ['accents', 'Größe, naïve, Việt Nam'],
    ['paragraphs', 'One.\n\nTwo.'],
  ])('keeps %s', (_name, text) => expect(cleanText(text)).toBe(text));

  it('is the same when it is cleaned again, and never has what it should lose', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u{e0000}-\u{e01ef}]/u,
        );
        expect(clean.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('fits on a line as a title', () => {
    expect(cleanLine(' A\n title\u202e ')).toBe('A title');
    expect([...cleanLine('🕊'.repeat(400))]).toHaveLength(300);
  });
});
