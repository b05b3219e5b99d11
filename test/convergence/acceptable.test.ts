import { expect, test } from 'vitest';
import { acceptability } from '../../src/convergence/acceptable.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import { member, stand } from './made-up-readings.ts';

const line = (min: number, max: number) => [{ issue: 'a', min, max, text: 'No further.' }];
const north = member('north', { redLines: line(0, 3) });
const south = member('south', { redLines: line(2, 6) });
const check = (cast: Parameters<typeof acceptability>[0], ...values: [string, number][]) =>
  acceptability(cast, standsOf(values.map(([speaker, value]) => stand(speaker, 'a', value))), [
    'north',
    'south',
  ]);

test('stands within both red lines are acceptable to both, the bounds included', () => {
  expect(check([north, south], ['north', 3], ['south', 2])).toEqual({ share: 1, breaches: [] });
});

test("a stand beyond the other's red line makes the deal unacceptable to that one", () => {
  expect(check([north, south], ['north', 3], ['south', 4])).toEqual({
    share: 0.5,
    breaches: [{ holder: 'north', issue: 'a', speaker: 'south', position: 4, min: 0, max: 3 }],
  });
});

test('a persona that crosses its own red line is the holder and the speaker', () => {
  const { breaches } = check([north, member('south')], ['north', 5]);
  expect(breaches).toMatchObject([{ holder: 'north', speaker: 'north' }]);
});

test('who declares no red line accepts anything', () => {
  expect(check([member('north'), member('south')], ['north', 0], ['south', 6]).share).toBe(1);
});

test('without any stand of a principal nothing can be said', () => {
  expect(check([north, south])).toEqual({ share: null, breaches: [] });
});

test('an observer is held to its own red lines, and its red lines bind nobody else', () => {
  const observer = member('observer', { principal: false, redLines: line(5, 6) });
  const found = check([member('north'), member('south'), observer], ['north', 1], ['observer', 4]);
  expect(found.share).toBe(1);
  expect(found.breaches).toMatchObject([{ holder: 'observer', speaker: 'observer' }]);
});
