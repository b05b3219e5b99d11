import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearMatcher } from '../../src/grounding/near-quotes.ts';

test('a word that was put before the first words of a text is added, and nothing of the text is missing', () => {
  expect(nearMatcher('surely we will not pay twice')('We will not pay twice. Nobody asked.')).toMatchObject({
    start: 0,
    end: 'We will not pay twice'.length,
    similarity: 5 / 6,
    diff: [
      { kind: 'added', text: 'surely' },
      { kind: 'same', text: 'we will not pay twice' },
    ],
  });
});

/** Sentences of few words, so that quotations and texts have much in common, at either end too. */
const sentences = fc
  .array(fc.constantFrom('we', 'pay', 'twice', 'never', 'for', 'a', 'bridge', '.', '?', '桥', '25%'), {
    maxLength: 24,
  })
  .map((words) => words.join(' '));

test('whatever is quoted from whatever text, the match lies in the text and its words are those of both', () => {
  fc.assert(
    fc.property(sentences, sentences, (quote, text) => {
      const match = nearMatcher(quote)(text);
      if (!match) return;
      expect(match.start).toBeGreaterThanOrEqual(0);
      expect(match.end).toBeLessThanOrEqual(text.length);
      expect(match.similarity).toBeGreaterThanOrEqual(0.6);
      for (const { kind, text: words } of match.diff)
        expect(kind === 'missing' ? text.slice(match.start, match.end) : quote).toContain(words);
    }),
    { numRuns: 2_000 },
  );
});
