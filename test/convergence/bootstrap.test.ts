import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bootstrapInterval } from '../../src/convergence/bootstrap.ts';
import { cellsOf } from '../../src/convergence/cells.ts';
import { principalConvergence } from '../../src/convergence/convergence-index.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';
import { agendaOf, reading, sample } from './made-up-readings.ts';

const agenda = agendaOf(1);
const principals = ['north', 'south'];

/** One sample for each pair of positions of north and south. */
const samplesOf = (...pairs: [number, number][]) =>
  pairs.map(([north, south], number) =>
    sample(number, [reading('north', 'a', north), reading('south', 'a', south)]),
  );
function intervalOf(samples: JudgeSample[], seed = 1) {
  const cells = cellsOf(agenda, principals, samples);
  return bootstrapInterval({ agenda, cells, principals, samples, random: seededRandom(seed) });
}

test('three samples give the range of all 27 draws', () => {
  // draws of one sample alone: |1-3|, |2-3|, |2-5| / 6 = 1/3, 1/6, 1/2; medians of mixed draws lie between:
  // north's median is 1 or 2 and south's 3 or 5; with 2 of the third sample north 2, south 5: 1/2
  const interval = intervalOf(samplesOf([1, 3], [2, 3], [2, 5]));
  expect(interval?.low).toBeCloseTo(1 / 2, 6);
  expect(interval?.high).toBeCloseTo(5 / 6, 6);
});

test('samples that all agree leave no width', () => {
  const interval = intervalOf(samplesOf([1, 3], [1, 3], [1, 3]));
  expect(interval?.low).toBeCloseTo(2 / 3, 12);
  expect(interval?.high).toBeCloseTo(2 / 3, 12);
});

test('one sample tells nothing about its own noise', () => {
  expect(intervalOf(samplesOf([1, 3]))).toBeNull();
});

test('failed samples are not drawn', () => {
  expect(intervalOf([...samplesOf([1, 3]), sample(1, [], { outcome: 'failed' })])).toBeNull();
});

test('without an index there is no interval', () => {
  const samples = [0, 1, 2].map((number) => sample(number, [reading('north', 'a', 1)]));
  expect(intervalOf(samples)).toBeNull();
});

test('a cell that a draw leaves empty keeps its own position', () => {
  // south is read by samples 0 and 1 only; a draw of sample 2 alone has north 2 and keeps south's median 3
  const samples = [...samplesOf([2, 3], [2, 3]), sample(2, [reading('north', 'a', 2)])];
  const interval = intervalOf(samples);
  expect(interval?.low).toBeCloseTo(5 / 6, 12);
});

test('up to five samples chance plays no part', () => {
  const samples = samplesOf([1, 3], [2, 3], [2, 5], [0, 4], [1, 1]);
  expect(intervalOf(samples, 1)).toEqual(intervalOf(samples, 99));
});

test('with eleven samples two seeds agree within 0.02', () => {
  const random = seededRandom('samples');
  const samples = samplesOf(
    ...Array.from({ length: 11 }, (): [number, number] => [1 + 2 * random(), 3 + 2 * random()]),
  );
  const [one, other] = [intervalOf(samples, 1), intervalOf(samples, 2)];
  expect(Math.abs(one!.low - other!.low)).toBeLessThan(0.02);
  expect(Math.abs(one!.high - other!.high)).toBeLessThan(0.02);
});

test('the index lies in its interval', () => {
  const half = fc.integer({ min: 0, max: 12 }).map((value) => value / 2);
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half), { minLength: 2, maxLength: 5 }), (pairs) => {
      const samples = samplesOf(...pairs);
      const value = principalConvergence(
        agenda,
        standsOf(cellsOf(agenda, principals, samples)),
        principals,
      ).value;
      const interval = intervalOf(samples);
      expect(interval === null).toBe(value === null);
      if (value === null) return;
      expect(interval!.low).toBeLessThanOrEqual(value + 1e-6);
      expect(interval!.high).toBeGreaterThanOrEqual(value - 1e-6);
    }),
  );
});

test('of 300 noisy readings by five samples at least nine in ten intervals hold the true index', () => {
  const random = seededRandom('coverage');
  const noise = () => random() + random() + random() - 1.5;
  const isHeld = () => {
    const samples = samplesOf(
      ...Array.from({ length: 5 }, (): [number, number] => [2 + noise(), 4 + noise()]),
    );
    const { low, high } = intervalOf(samples)!;
    return low <= 2 / 3 && high >= 2 / 3;
  };
  const held = Array.from({ length: 300 }, isHeld).filter(Boolean).length;
  expect(held / 300).toBeGreaterThan(0.9);
});
