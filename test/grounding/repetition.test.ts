import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repetitionOf, repetitionsInOrder, runsOf } from '../../src/grounding/repetition.ts';

test('the share of four-word runs that were said before', () => {
  // Runs of the new text: "the gate stays open", "gate stays open at", "stays open at night"; the first was said.
  expect(
    repetitionOf({ text: 'The gate stays open at night' }, [{ text: 'Well, the gate stays open.' }]),
  ).toBeCloseTo(1 / 3);
});

test.each([
  ['the same text repeats all of itself', 'the gate stays open', ['the gate stays open'], 1],
  ['a text is not its own past', 'a b c d a b c d', [], 0],
  ['fewer than four words repeat nothing', 'stays open now', ['the gate stays open now'], 0],
  ['case and punctuation do not count', 'The gate, stays OPEN!', ['the gate stays open'], 1],
  ['citations do not count', 'the gate [P3] stays open [T7]', ['the gate stays [P4] open'], 1],
  [
    'runs do not reach from one earlier text into the next',
    'the gate stays open',
    ['the gate', 'stays open'],
    0,
  ],
])('%s', (_title, text, earlier, share) => {
  expect(
    repetitionOf(
      { text },
      earlier.map((each) => ({ text: each })),
    ),
  ).toBe(share);
});

test('in order, each text is measured against those before it', () => {
  const text = fc
    .array(fc.constantFrom('water', 'gate', 'open'), { maxLength: 12 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
      const expected = texts.map((text, index) =>
        repetitionOf(
          { text },
          texts.slice(0, index).map((each) => ({ text: each })),
        ),
      );
      expect(repetitionsInOrder(texts.map(runsOf))).toEqual(expected);
    }),
  );
});
