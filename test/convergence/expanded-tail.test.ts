import { expect, test } from 'vitest';
import { expandedTail } from '../../src/convergence/expanded-tail.ts';

test('eleven samples cut off about one percent', () => {
  // t(0.975, 10) = 2.2281; times sqrt(11 / 10) = 2.3369; Phi(-2.3369) = 0.00972
  expect(expandedTail(11)).toBeCloseTo(0.00972, 4);
});

test('five samples cut off a thousandth', () => {
  // t(0.975, 4) = 2.7764; times sqrt(5 / 4) = 3.1042; Phi(-3.1042) = 0.00095
  expect(expandedTail(5)).toBeCloseTo(0.00095, 4);
});

test('three samples cut off nothing to speak of', () => {
  expect(expandedTail(3)).toBeLessThan(1e-5);
});

test('with very many samples it is the plain 0.025', () => {
  expect(expandedTail(100_000)).toBeCloseTo(0.025, 5);
});
