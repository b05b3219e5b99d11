import { expect, test } from 'vitest';
import { publicPrivateGaps } from '../../src/convergence/public-private-gap.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import { agendaOf, stand } from './made-up-readings.ts';

const agenda = agendaOf(0.75, 0.25);
const said = standsOf([stand('north', 'a', 4), stand('north', 'b', 2), stand('south', 'a', 3)]);

test('the gap is the weighted distance between public and private stands', () => {
  // 0.75 * |4 - 1| / 6 + 0.25 * |2 - 2| / 6 = 0.375
  const held = standsOf([stand('north', 'a', 1), stand('north', 'b', 2)]);
  expect(publicPrivateGaps(agenda, said, held, ['north'])).toEqual([
    { speaker: 'north', gap: 0.375, coverage: 1 },
  ]);
});

test('being softer in private counts as much as being harder', () => {
  // 0.75 * |4 - 6| / 6 = 0.25
  const held = standsOf([stand('north', 'a', 6), stand('north', 'b', 2)]);
  expect(publicPrivateGaps(agenda, said, held, ['north'])[0]?.gap).toBeCloseTo(0.25, 12);
});

test('issues known on one side only lower the coverage', () => {
  const held = standsOf([stand('north', 'a', 4)]);
  expect(publicPrivateGaps(agenda, said, held, ['north'])).toEqual([
    { speaker: 'north', gap: 0, coverage: 0.75 },
  ]);
});

test('a speaker that was not polled has no gap', () => {
  expect(publicPrivateGaps(agenda, said, new Map(), ['south'])).toEqual([
    { speaker: 'south', gap: null, coverage: 0 },
  ]);
});
