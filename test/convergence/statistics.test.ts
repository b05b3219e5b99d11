import { expect, test } from 'vitest';
import {
  asShare,
  interquartileRange,
  mean,
  median,
  populationVariance,
  quantile,
  sampleVariance,
} from '../../src/convergence/statistics.ts';

test('mean and variances by both divisors', () => {
  // squares about 5: 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(values)).toBe(5);
  expect(populationVariance(values)).toBe(4);
  expect(sampleVariance(values)).toBeCloseTo(32 / 7, 12);
  expect(sampleVariance([3])).toBe(0);
  expect(sampleVariance([1, 3])).toBe(2);
});

test('quantiles of type 7, whatever the order of the values', () => {
  const values = [10, 1, 2, 9];
  // places 0.75, 1.5 and 2.25 of 1, 2, 9, 10
  expect(quantile(values, 0.25)).toBe(1.75);
  expect(median(values)).toBe(5.5);
  expect(quantile(values, 0.75)).toBe(9.25);
  expect(interquartileRange(values)).toBe(7.5);
  expect([quantile(values, 0), quantile(values, 1)]).toEqual([1, 10]);
  expect(quantile([4], 0.3)).toBe(4);
});

test('shares stay within 0 and 1', () => {
  expect([asShare(-1e-17), asShare(0.4), asShare(1 + 1e-15)]).toEqual([0, 0.4, 1]);
});

test('nothing has no average', () => {
  for (const of of [mean, sampleVariance, populationVariance, median, interquartileRange]) {
    expect(() => of([])).toThrow('no values');
  }
});
