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

  test.each([
    [1, 0.8, 1.0404694946192925, 0.530276869957416],
    [5.5, 2, 4.929109030763222, 1.7607537031546876],
    [-0.5, 1, 0.1977965573953904, 0.17051578183517],
    [3, 4, 3, 5.59991869500854],
    [6.4, 1.5, 5.580438033391975, 0.5445431097557965],
  ])(
    'of a stand at %f with a deviation of %f have the mean and variance of the integral',
    (position, deviation, average, variance) => {
      expect(cutMean(position, deviation)).toBeCloseTo(average, 9);
      expect(cutVariance(position, deviation)).toBeCloseTo(variance, 9);
    },
  );

  test('of a negative deviation are those of none', () => {
    expect(cutMean(2, -1)).toBe(2);
    expect(cutVariance(2, -1)).toBe(0);
    expect(positionBehind(2, -1)).toBe(2);
  });

  test('lead back from a wide scatter, on both sides and beyond the ends', () => {
    for (const position of [-0.9, 0.3, 2.2, 4.4, 6.9]) {
      expect(positionBehind(cutMean(position, 2), 2, 1)).toBeCloseTo(position, 7);
    }
  });

  test('are taken as they are from four deviations off the ends', () => {
    expect(positionBehind(3, 0.7)).toBe(3);
    expect(positionBehind(2.1, 0.5)).toBe(2.1);
    expect(positionBehind(3.9, 0.5)).toBe(3.9);
    // 0.4 is two deviations from the end: 0.4 = m Phi(m / 0.2) + 0.2 phi(m / 0.2) has its root 0.0017 below.
    expect(0.4 - positionBehind(0.4, 0.2)).toBeCloseTo(0.00175, 4);
    expect(positionBehind(5.6, 0.2) - 5.6).toBeCloseTo(0.00175, 4);
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

  test.each([
    [
      [
        [0, 0, 1],
        [6, 5, 6],
      ],
      0.9889193,
    ],
    [[[0, 0.5], [1, 3, 2], [4]], 0.9671849],
    [
      [
        [0.5, 1],
        [5, 6],
      ],
      0.6861603,
    ],
  ])(
    'is the one whose cut variance is that seen, each cell counting by its degrees: %j',
    (cells, deviation) => {
      expect(readingDeviation(cells)).toBeCloseTo(deviation, 5);
    },
  );

  test('is half of the scale at most', () => {
    expect(
      readingDeviation([
        [0, 6],
        [0, 6],
      ]),
    ).toBe(3);
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
