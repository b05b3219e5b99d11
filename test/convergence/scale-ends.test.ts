import { describe, expect, test } from 'vitest';
import { cutMean, cutVariance, positionBehind, readingDeviation } from '../../src/convergence/scale-ends.ts';

describe('readings that the ends of the scale cut off', () => {
  test('of a stand at an end err by 0.3989 deviations to one side', () => {
    expect(cutMean(0, 1)).toBeCloseTo(0.39894, 4);
    expect(cutMean(6, 0.5)).toBeCloseTo(6 - 0.5 * 0.39894, 4);
  });

  test('of a stand far from both ends are as they would be', () => {
    expect(cutMean(3, 0.5)).toBeCloseTo(3, 8);
    expect(cutVariance(3, 0.5)).toBeCloseTo(0.25, 6);
  });

  test('vary less at an end: half of the second moment less the square of the mean', () => {
    expect(cutVariance(0, 1)).toBeCloseTo(0.5 - 1 / (2 * Math.PI), 6);
    expect(cutVariance(6, 1)).toBeCloseTo(0.5 - 1 / (2 * Math.PI), 6);
  });

  test('of no noise are the stand, kept on the scale', () => {
    expect([cutMean(2, 0), cutMean(-1, 0), cutMean(7, 0)]).toEqual([2, 0, 6]);
    expect(cutVariance(2, 0)).toBe(0);
  });

  test.each([0, 0.2, 1, 3, 5.5, 6])('lead back to a stand at %f', (position) => {
    expect(positionBehind(cutMean(position, 0.8), 0.8)).toBeCloseTo(position, 6);
  });

  test('lead no further out than the end and what is allowed beyond', () => {
    expect(positionBehind(0, 0.8)).toBe(0);
    expect(positionBehind(0, 0.8, 0.5)).toBe(-0.5);
    expect(positionBehind(6, 0.8, 0.5)).toBe(6.5);
    expect(positionBehind(0, 0)).toBe(0);
  });
});

describe('the deviation of one reading', () => {
  test('is the pooled one where nothing is cut', () => {
    // variances 0.25 with one degree of freedom and 0.25 with two
    expect(
      readingDeviation([
        [3, 3 + Math.SQRT1_2],
        [2.5, 3, 3.5],
      ]),
    ).toBeCloseTo(0.5, 4);
  });

  test('is larger than it looks where readings are cut', () => {
    const seen = [
      [0, 0, 1],
      [6, 5, 6],
    ];
    expect(readingDeviation(seen)).toBeGreaterThan(Math.sqrt(1 / 3) * 1.2);
  });

  test('is 0 where nothing differs or nothing was read twice', () => {
    expect(
      readingDeviation([
        [3, 3],
        [0, 0],
      ]),
    ).toBe(0);
    expect(readingDeviation([[3], [1]])).toBe(0);
  });
});
