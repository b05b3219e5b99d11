import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shuffledTurns } from '../../src/convergence/sample-plan.ts';

const speeches = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    turn: 2 * place + 3,
    speaker: `s${place % 3}`,
    text: `${place}`,
  }));

test('every speech is shown once, under the numbers of the record in their order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, seed) => {
      const held = speeches(count);
      const { shown, heldAs, shownAs } = shuffledTurns(held, seed);
      expect(shown.map(({ turn }) => turn)).toEqual(held.map(({ turn }) => turn));
      for (const { turn, speaker, text } of shown) {
        expect(held.find((speech) => speech.turn === heldAs(turn))).toMatchObject({ speaker, text });
        expect(shownAs(heldAs(turn))).toBe(turn);
      }
    }),
  );
});

test('the order is the seed’s, and is not the one in which they were held', () => {
  const order = (seed: number) => shuffledTurns(speeches(30), seed).shown.map(({ text }) => text);
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
  expect(order(1)).not.toEqual(speeches(30).map(({ text }) => text));
});

test('new speeches fall between the others and leave their order as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (count, seed) => {
      const before = shuffledTurns(speeches(count), seed).shown.map(({ text }) => text);
      const after = shuffledTurns(speeches(count + 4), seed).shown.map(({ text }) => text);
      expect(after.filter((text) => Number(text) < count)).toEqual(before);
    }),
  );
});
