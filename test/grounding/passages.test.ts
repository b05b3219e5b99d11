import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitPassages } from '../../src/grounding/passages.ts';

const texts = (text: string) => splitPassages(text).map((passage) => passage.text);

describe('what is one passage', () => {
  test.each([
    ['a paragraph', 'One.\n\nTwo.', ['One.', 'Two.']],
    ['lines without an empty line between them', 'One\nand one.\n\nTwo.', ['One and one.', 'Two.']],
    [
      'an item of a numbered list',
      '1. One\n2. Two\n   goes on\n3) Three',
      ['1. One', '2. Two goes on', '3) Three'],
    ],
    ['bullets that belong together', '- one\n- two', ['- one - two']],
    [
      'a heading with the paragraph below it',
      '# Water\n\nIt fell.\n\nIt rose.',
      ['Water: It fell.', 'It rose.'],
    ],
    ['several headings with the paragraph below them', '# A\n\n## B?\n\nText.', ['A: B? Text.']],
    ['an underlined heading with the paragraph below it', 'Water\n=====\n\nIt fell.', ['Water: It fell.']],
    ['a heading with nothing below it', 'Text.\n\n## End ##', ['Text.', 'End']],
    ['a quoted block', '> One\n> two.\n\nThree.', ['One two.', 'Three.']],
  ])('%s', (_title, text, passages) => {
    expect(texts(text)).toEqual(passages);
  });

  test('a year at the start of a line begins no list', () => {
    expect(texts('It last fell so low in\n1976. Since then it rose.')).toEqual([
      'It last fell so low in 1976. Since then it rose.',
    ]);
  });
});

describe('what is left out', () => {
  test.each([
    ['comments', 'One<!-- not\n\nthis -->.\n\nTwo.', ['One.', 'Two.']],
    ['rules and lines of nothing but signs', 'One.\n\n---\n\n***\n\n. . .\n\nTwo.', ['One.', 'Two.']],
    [
      'addresses of links, whose words stay',
      'See [the *report*](https://example.org/a_(b) "t").',
      ['See the *report*.'],
    ],
    ['images', 'One ![a map](map.png) two.', ['One two.']],
    ['signs for bold', 'It is **very** low, 2**3 as low.', ['It is very low, 2**3 as low.']],
    ['Windows line ends', 'One\r\nand one.\r\n\r\nTwo.', ['One and one.', 'Two.']],
  ])('%s', (_title, text, passages) => {
    expect(texts(text)).toEqual(passages);
  });

  test('a comment that is never closed stays', () => {
    expect(texts('One <!-- two.')).toEqual(['One <!-- two.']);
  });
});

describe('long paragraphs', () => {
  const sentence = (words: number) => `${Array(words).fill('water').join(' ')} end.`;

  test('one of 1,100 characters stays whole', () => {
    expect(texts(`${'a'.repeat(1099)}.`)).toHaveLength(1);
  });

  test('a longer one is cut at the ends of sentences, in pieces of at most 900', () => {
    const paragraph = Array.from({ length: 30 }, () => `The ${sentence(12)}`).join(' ');
    const pieces = texts(paragraph);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(900);
      expect(piece).toMatch(/^The .*end\.$/);
    }
    expect(pieces.join(' ')).toBe(paragraph);
  });

  test('no cut follows an abbreviation', () => {
    const pieces = texts('He met Mr. Brown of the U.S. Senate at 5. '.repeat(40).trim());
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece).toMatch(/^He met.*at 5\.$/);
  });

  test('a sentence that is too long itself is cut at a space', () => {
    const pieces = texts(sentence(400));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces)
      expect(piece.split(' ').every((word) => /^(water|end\.)$/.test(word))).toBe(true);
  });

  test('text without spaces is cut between letters, never inside one', () => {
    const pieces = texts(`x${'𝓌'.repeat(1000)}`);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(`x${'𝓌'.repeat(1000)}`);
    for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
  });

  test('Chinese is cut at its full stops', () => {
    for (const piece of texts('河水下降了。'.repeat(300))) expect(piece).toMatch(/^河.*。$/);
  });

  test('a short last piece joins the one before it', () => {
    const pieces = texts(
      `${Array(9)
        .fill(`The ${sentence(20)}`)
        .join(' ')} Short.`,
    );
    expect(pieces.at(-1)?.length).toBeGreaterThan(100);
  });
});

test('numbers count from 1 without a gap, and no passage is empty', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('# ', '\n', '\n\n', '- ', '1. ', 'word ', '**', '> ', '<!--', '-->', '.')),
      (parts) => {
        const passages = splitPassages(parts.join(''));
        expect(passages.map(({ number }) => number)).toEqual(passages.map((_, index) => index + 1));
        for (const { text } of passages) expect(text).toMatch(/^\S(.*\S)?$/);
      },
    ),
  );
});

test('every word of plain text is in some passage, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('water', 'gate.', 'U.S.', '\n\n', '\n', '漢字。'), { maxLength: 400 }),
      (parts) => {
        const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
        expect(wordsOf(texts(parts.join(' ')).join(' '))).toEqual(wordsOf(parts.join(' ')));
      },
    ),
  );
});

test('an empty text has no passages', () => {
  expect(splitPassages(' \n\n<!-- x -->\n')).toEqual([]);
});
