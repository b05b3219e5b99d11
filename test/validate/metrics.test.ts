import { expect, test } from 'vitest';
import { auroc, meanAbsoluteError, ordinalAlpha, spearman } from '../../bench/validate/metrics.ts';

test('AUROC counts won pairs, ties half', () => {
  // 2 > 1, 2 = 2, 3 > 1, 3 > 2: 3.5 of 4
  expect(auroc([2, 3], [1, 2])).toBe(0.875);
});

test('AUROC of an empty class is unknown', () => {
  expect(auroc([], [1])).toBeNull();
});

test('Spearman correlates ranks', () => {
  // ranks differ by 1, 1, 0: 1 - 6 * 2 / (3 * 8) = 0.5
  expect(
    spearman([
      [10, 2],
      [20, 1],
      [90, 3],
    ]),
  ).toBeCloseTo(0.5, 12);
});

test('Spearman gives ties their mean rank', () => {
  // ranks 1, 2.5, 2.5 and 1, 2, 3: products (1)(1) + 0 + (0.5)(1) = 1.5; roots of 1.5 and 2: 1.5 / 1.7321
  expect(
    spearman([
      [1, 1],
      [5, 2],
      [5, 3],
    ]),
  ).toBeCloseTo(1.5 / Math.sqrt(3), 12);
});

test('Spearman of values that do not vary is unknown', () => {
  expect(
    spearman([
      [1, 1],
      [1, 2],
    ]),
  ).toBeNull();
});

test('mean absolute error is in points', () => {
  expect(
    meanAbsoluteError([
      [1, 2],
      [4, 1.5],
    ]),
  ).toBe(1.75);
});

test('ordinal alpha weighs a disagreement by how many values lie between', () => {
  // Values 1, 1, 2, 3: d(2,3) = (1 + 1 - 1)^2 = 1, d(1,2) = (2 + 1 - 1.5)^2 = 2.25, d(1,3) = (4 - 1.5)^2 = 6.25
  // observed 2 * 1 / 4 = 0.5; expected 2 * (2 * 2.25 + 2 * 6.25 + 1) / (4 * 3) = 3; 1 - 0.5 / 3
  expect(
    ordinalAlpha([
      [1, 1],
      [2, 3],
    ]),
  ).toBeCloseTo(1 - 0.5 / 3, 12);
});

test('perfect agreement has an alpha of 1, and a single value none', () => {
  expect(
    ordinalAlpha([
      [1, 1],
      [4, 4],
    ]),
  ).toBe(1);
  expect(ordinalAlpha([[2, 2]])).toBeNull();
});
