import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partyLetter, planSamples } from '../../src/convergence/sample-plan.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';

const speakers = ['north', 'south', 'east', 'west'];
const issues = ['a', 'b', 'c'];
const plan = (samples: number, round: number, who = speakers) =>
  planSamples({ speakers: who, issues, samples, round, random: seededRandom(7, round) });

test('half of an even number of samples see the scale upside down', () => {
  expect(plan(4, 1).filter(({ reversed }) => reversed)).toHaveLength(2);
});

test('the odd sample is upright in odd rounds and reversed in even ones', () => {
  expect(plan(3, 1).filter(({ reversed }) => reversed)).toHaveLength(1);
  expect(plan(3, 2).filter(({ reversed }) => reversed)).toHaveLength(2);
});

test('over as many samples as speakers each speaker comes first once', () => {
  const firsts = plan(4, 1).map(({ speakerOrder }) => speakerOrder[0]);
  expect(firsts.toSorted()).toEqual(speakers.toSorted());
});

test('with two speakers the order and the direction of the scale come in all four combinations', () => {
  const seen = plan(4, 1, ['north', 'south']).map((one) => `${one.speakerOrder[0]} ${one.reversed}`);
  expect(new Set(seen).size).toBe(4);
});

test('every sample shows every speaker and every issue once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), (samples, round) => {
      for (const { speakerOrder, issueOrder } of plan(samples, round)) {
        expect(speakerOrder.toSorted()).toEqual(speakers.toSorted());
        expect(issueOrder.toSorted()).toEqual(issues.toSorted());
      }
    }),
  );
});

test('the same seed gives the same plan', () => {
  expect(plan(11, 3)).toEqual(plan(11, 3));
});

test('the first in the plan is Party A', () => {
  const [first] = plan(1, 1);
  expect(partyLetter(first!, first!.speakerOrder[0]!)).toBe('A');
  expect(partyLetter(first!, first!.speakerOrder[3]!)).toBe('D');
});

test('with an even number of speakers the turning skips a place after each full turn', () => {
  const orders = plan(8, 1).map(({ speakerOrder }) => speakerOrder[0]);
  const base = plan(1, 1)[0]!.speakerOrder;
  expect(orders).toEqual([0, 1, 2, 3, 1, 2, 3, 0].map((place) => base[place]));
});

test('with an odd number of speakers it goes round and round', () => {
  const three = plan(6, 1, ['north', 'south', 'east']).map(({ speakerOrder }) => speakerOrder);
  const [base] = three;
  expect(three[1]).toEqual([base![1], base![2], base![0]]);
  expect(three.map(([first]) => first)).toEqual([0, 1, 2, 0, 1, 2].map((place) => base![place]));
});

test('samples are numbered from 0, the first of an odd round upright', () => {
  expect(plan(3, 1).map(({ sample, reversed }) => [sample, reversed])).toEqual([
    [0, false],
    [1, true],
    [2, false],
  ]);
});

test('who is not in the plan has no letter', () => {
  expect(() => partyLetter(plan(1, 1)[0]!, 'observer')).toThrow('observer');
  expect(plan(2, 1, [])).toMatchObject([{ speakerOrder: [] }, { speakerOrder: [] }]);
});
