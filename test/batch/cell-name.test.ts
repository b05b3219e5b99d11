import { expect, test } from 'vitest';
import { cellName, type Place, placeNamed } from '../../src/batch/expand-plan.ts';

const places: [string, Place][] = [
  ['us-dprk-talks / own / given / 1', place({})],
  ['us-dprk-talks / own / rotated-2 / 12', place({ castOrder: { kind: 'rotated', by: 2 }, repeat: 12 })],
  ['us-dprk-talks / own / b a / 1', place({ castOrder: { kind: 'listed', personas: ['b', 'a'] } })],
  [
    'river / texts / of mine.md / given / 3',
    place({ scenario: 'river', article: 'texts / of mine.md', repeat: 3 }),
  ],
];

function place(changes: Partial<Place>): Place {
  return { scenario: 'us-dprk-talks', article: 'own', castOrder: { kind: 'given' }, repeat: 1, ...changes };
}

test.each(places)('%s names a place and is read back', (name, named) => {
  expect(cellName(named)).toBe(name);
  expect(placeNamed(name)).toEqual(named);
});
