import { expect, test } from 'vitest';
import { acceptability, ownLines } from '../../src/convergence/acceptable.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import { member, sample, stand } from './made-up-readings.ts';

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

test("a persona that crosses its own line makes nobody else's deal unacceptable", () => {
  expect(check([north, member('south')], ['north', 5])).toEqual({ share: 1, breaches: [] });
});

test('who declares no red line accepts anything', () => {
  expect(check([member('north'), member('south')], ['north', 0], ['south', 6]).share).toBe(1);
});

test('without any stand of a principal nothing can be said', () => {
  expect(check([north, south])).toEqual({ share: null, breaches: [] });
});

test("an observer's red lines bind nobody else", () => {
  const observer = member('observer', { principal: false, redLines: line(5, 6) });
  const found = check([member('north'), member('south'), observer], ['north', 1], ['observer', 4]);
  expect(found).toEqual({ share: 1, breaches: [] });
});

const cellsAt = (...values: [string, number][]) =>
  values.map(([speaker, value]) => stand(speaker, 'a', value));
const quoting = (...lists: string[][]) =>
  lists.map((speakers, number) =>
    sample(number, [], {
      crossings: speakers.map((speaker) => ({ speaker, issue: 'a', quote: 'q', turn: 1 })),
    }),
  );

test('a stand a point past its own bound crosses the line, with its words', () => {
  expect(ownLines([north, south], cellsAt(['north', 4], ['south', 2]), quoting([], []))).toEqual({
    kept: 0.5,
    crossed: [{ speaker: 'north', issue: 'a', position: 4, min: 0, max: 3, turn: 1, quote: 'north on a' }],
  });
});

test('a stand on the bound keeps the line, even where the judge quotes a crossing', () => {
  expect(ownLines([north], cellsAt(['north', 3]), quoting(['north']))).toEqual({ kept: 1, crossed: [] });
});

test('within a point of the bound the judge must quote the crossing in half of the samples', () => {
  const crossed = (...lists: string[][]) =>
    ownLines([north], cellsAt(['north', 3.5]), quoting(...lists)).crossed.length;
  expect(crossed(['north'], [])).toBe(1);
  expect(crossed(['north'], [], [])).toBe(0);
  expect(crossed([], [])).toBe(0);
});

test('a judge that was not asked for crossings is taken at its positions', () => {
  expect(ownLines([north], cellsAt(['north', 3.5]), [sample(0, [])]).crossed).toHaveLength(1);
});

test('observers are held to their own lines as principals are, and unread lines are unknown', () => {
  const observer = member('observer', { principal: false, redLines: line(5, 6) });
  expect(ownLines([observer], cellsAt(['observer', 4]), []).crossed).toHaveLength(1);
  expect(ownLines([observer], [], [])).toEqual({ kept: null, crossed: [] });
});

test('a stand below the lower bound is a breach as one above the upper is', () => {
  expect(check([north, south], ['north', 1.5], ['south', 2])).toEqual({
    share: 0.5,
    breaches: [{ holder: 'south', issue: 'a', speaker: 'north', position: 1.5, min: 2, max: 6 }],
  });
  expect(ownLines([south], cellsAt(['south', 1]), quoting([])).crossed).toHaveLength(1);
});

test('who breaks two lines of its own is one that does not keep them', () => {
  const two = member('north', {
    redLines: [...line(0, 3), { issue: 'b', min: 0, max: 3, text: 'Nor here.' }],
  });
  const cells = [stand('north', 'a', 5), stand('north', 'b', 5), stand('south', 'a', 3)];
  const found = ownLines([two, south], cells, []);
  expect(found.kept).toBe(0.5);
  expect(found.crossed.map(({ issue }) => issue)).toEqual(['a', 'b']);
});

test('a crossing quoted of another speaker or on another issue is none', () => {
  const at = cellsAt(['north', 3.5]);
  expect(ownLines([north], at, quoting(['south'])).crossed).toEqual([]);
  const elsewhere = sample(0, [], { crossings: [{ speaker: 'north', issue: 'b', quote: 'q', turn: 1 }] });
  expect(ownLines([north], at, [elsewhere]).crossed).toEqual([]);
  expect(ownLines([north], at, [...quoting(['north']), sample(1, []), sample(2, [])]).crossed).toHaveLength(
    1,
  );
});

test('a stand of an observer alone is no stand of a principal', () => {
  expect(check([north, south], ['observer', 6])).toEqual({ share: null, breaches: [] });
});
