import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyOf, movementsOf, movementTowards, reciprocityOf } from '../../src/convergence/history.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import type { Cell } from '../../src/debate/verdict.ts';
import { agendaOf, member, stand } from './made-up-readings.ts';

const agenda = agendaOf(1);
const north = (opening?: number) => member('north', opening === undefined ? {} : { opening: { a: opening } });
const south = (opening?: number) => member('south', opening === undefined ? {} : { opening: { a: opening } });
const principals = ['north', 'south'];
const cells = (...pair: [number | null, number | null]): Cell[] =>
  pair.flatMap((value, place) => (value === null ? [] : [stand(principals[place]!, 'a', value)]));
const read = (round: number, pair: [number | null, number | null]) => ({
  round,
  cells: cells(...pair),
  convergence: null,
});
const movements = (history: ReturnType<typeof historyOf>, now: Cell[]) =>
  Object.fromEntries(
    movementsOf(agenda, standsOf(now), history, principals).map(({ speaker, amount }) => [speaker, amount]),
  );

test('coming from 1 to 3 while the other began at 5 is a third of the scale', () => {
  // (|1 - 5| - |3 - 5|) / 6 = 2/6
  expect(movementTowards(1, 3, 5)).toBeCloseTo(1 / 3, 12);
});

test('going back is negative', () => {
  expect(movementTowards(3, 1, 5)).toBeCloseTo(-1 / 3, 12);
});

test('movement stays within -1..1', () => {
  const position = fc.double({ min: 0, max: 6, noNaN: true });
  fc.assert(
    fc.property(position, position, position, (before, now, start) => {
      expect(Math.abs(movementTowards(before, now, start))).toBeLessThanOrEqual(1);
    }),
  );
});

test('a declared opening is no start: the first reading moves nobody', () => {
  const history = historyOf([north(1), south(5)], []);
  expect(movements(history, cells(2, 5))).toEqual({});
});

test('it counts from the last reading, towards where the other was first read', () => {
  // north 2 -> 4 towards 5: (3 - 1) / 6; south 4 -> 4: none, whatever north did
  const history = historyOf([north(), south()], [read(1, [1, 5]), read(2, [2, 4])]);
  expect(movements(history, cells(4, 4))).toEqual({ north: 2 / 6, south: 0 });
});

test('without openings the first reading is the start, and itself no movement', () => {
  const first = historyOf([north(), south()], []);
  expect(movements(first, cells(1, 5))).toEqual({});
  const second = historyOf([north(), south()], [read(1, [1, 5])]);
  expect(movements(second, cells(1, 4))).toEqual({ north: 0, south: 1 / 6 });
});

test('a round in which a speaker was not read is bridged', () => {
  const history = historyOf([north(1), south(5)], [read(1, [2, 5]), read(2, [null, 5])]);
  expect(movements(history, cells(3, 5))['north']).toBeCloseTo(1 / 6, 12);
});

test('the movements of all rounds add up to the whole way', () => {
  const position = fc.double({ min: 0, max: 6, noNaN: true });
  fc.assert(
    fc.property(fc.array(position, { minLength: 1, maxLength: 6 }), (path) => {
      const sum = path.reduce((total, value, round) => {
        const earlier = [1, ...path.slice(0, round)].map((one, place) => read(place + 1, [one, 5]));
        return total + movements(historyOf([north(), south()], earlier), cells(value, 5))['north']!;
      }, 0);
      expect(sum).toBeCloseTo(movementTowards(1, path.at(-1)!, 5), 9);
    }),
  );
});

test('reciprocity is the smaller way as a share of the larger, over the whole debate', () => {
  // north 1 -> 3 towards 5: 2/6; south 5 -> 4 towards 1: 1/6; ratio 1/2, though only south moved in the last round
  const history = historyOf([north(), south()], [read(1, [1, 5]), read(2, [3, 5])]);
  expect(reciprocityOf(agenda, standsOf(cells(3, 4)), history, principals)).toBeCloseTo(1 / 2, 12);
});

test('capitulation has a reciprocity of 0', () => {
  const history = historyOf([north(), south()], [read(1, [1, 5])]);
  expect(reciprocityOf(agenda, standsOf(cells(5, 5)), history, principals)).toBe(0);
});

test('one who hardened while the other gave does not reciprocate', () => {
  const history = historyOf([north(), south()], [read(1, [1, 5])]);
  expect(reciprocityOf(agenda, standsOf(cells(3, 6)), history, principals)).toBe(0);
});

test('where nobody moved there is nothing to reciprocate', () => {
  const history = historyOf([north(), south()], [read(1, [1, 5])]);
  expect(reciprocityOf(agenda, standsOf(cells(1, 5)), history, principals)).toBeNull();
});

test('movement below 0.02 of the scale is the noise of reading, from there it asks for an answer', () => {
  const history = historyOf([north(), south()], [read(1, [1, 5])]);
  // 0.09 / 6 = 0.015 and 0.15 / 6 = 0.025
  expect(reciprocityOf(agenda, standsOf(cells(1.09, 5)), history, principals)).toBeNull();
  expect(reciprocityOf(agenda, standsOf(cells(1.15, 5)), history, principals)).toBe(0);
  expect(reciprocityOf(agenda, standsOf(cells(1.15, 4.85)), history, principals)).toBeCloseTo(1, 12);
});
