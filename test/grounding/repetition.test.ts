import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createLoopWatch,
  isSameAgain,
  loopStart,
  repetitionOf,
  repetitionsInOrder,
} from '../../src/grounding/repetition.ts';

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
      expect(repetitionsInOrder(texts.map((text) => ({ text })))).toEqual(expected);
    }),
  );
});

const speech = Array.from({ length: 30 }, (_, number) => `word${number}`).join(' ');

test('an earlier speech over again is the same, one that comes back to its points is not', () => {
  expect(
    isSameAgain({ text: `${speech.toUpperCase()}.` }, [{ text: 'Other words.' }, { text: speech }]),
  ).toBe(true);
  const half = speech.split(' ').slice(0, 15).join(' ');
  expect(
    isSameAgain({ text: `${half} and then some thirty other words that nobody had said before` }, [
      { text: speech },
    ]),
  ).toBe(false);
});

test('a few words said twice are not the same speech again', () => {
  expect(isSameAgain({ text: 'We stand by it.' }, [{ text: 'We stand by it.' }])).toBe(false);
});

test('a sentence said over and over starts a loop where it was first said', () => {
  const text = `We begin here. ${'The ferry must run every night. '.repeat(400)}`;
  expect(text.slice(0, loopStart(text)!)).toBe('We begin here. The ferry must run every night.');
});

test('a sentence of another script loops too, and a refrain does not', () => {
  expect(
    loopStart(
      '\u6e21\u8f2a\u5fc5\u987b\u6bcf\u665a\u90fd\u8981\u5f00\u884c\u65e0\u8bba\u5929\u6c14\u3002'.repeat(9),
    ),
  ).toBe(15);
  expect(loopStart('The ferry must run. Why? The ferry must run. And so: The ferry must run.')).toBeNull();
  expect(loopStart('No. '.repeat(40))).toBeNull();
});

test('words without an end of sentence over and over loop too, from the first round on', () => {
  const loop = `We say: ${'no deal without the ferry, '.repeat(200)}`;
  expect(loop.slice(0, loopStart(loop)!)).toBe('We say: no deal without the ferry,');
  expect(loopStart(Array.from({ length: 400 }, (_, number) => `point ${number}, `).join(''))).toBeNull();
  expect(
    loopStart(
      '\u0644\u0627 \u0627\u062a\u0641\u0627\u0642 \u0628\u062f\u0648\u0646 \u0639\u0628\u0627\u0631\u0629\u061f '.repeat(
        7,
      ),
    ),
  ).toBe(20);
  expect(loopStart('\u6211\u4eec\u4e0d\u540c\u610f\u3002'.repeat(9))).toBe(6);
});

test('a loop is heard while it comes, in whatever pieces, soon after it begins', () => {
  for (const size of [1, 7, 100]) {
    const watch = createLoopWatch();
    const text = `We begin here. ${'The ferry must run every night. '.repeat(400)}`;
    let read = 0;
    while (read < text.length && !watch.take(text.slice(read, read + size))) read += size;
    expect(read).toBeLessThan(400);
    expect(text.slice(0, watch.start() ?? 0)).toBe('We begin here. The ferry must run every night.');
  }
});
