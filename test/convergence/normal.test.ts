import { describe, expect, it } from 'vitest';
import { normalQuantile, normalTail } from '../../src/convergence/distributions.ts';

describe('the normal distribution', () => {
  it.each([
    [0.8, 0.8416212335729143],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.999999, 4.753424308817087],
    [0.2, -0.8416212335729143],
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.9999999999, 6.361340889697422],
  ])('has its %f quantile at %f', (probability, z) => {
    expect(normalQuantile(probability)).toBeCloseTo(z, 9);
  });

  it.each([
    [0, 0.5],
    [0.1, 0.460172162722971],
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145705],
    [2, 0.022750131948179195],
    [3.5, 0.00023262907903552504],
    [10, 7.619853024160525e-24],
    [37, 5.725571222524577e-300],
    [2.999, 0.0013543365337271057],
    [3, 0.0013498980316300933],
    [6, 9.865876450376946e-10],
  ])('leaves above %f the tabled share, whichever method computes it', (z, tail) => {
    expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-11);
    expect(normalTail(-z)).toBeCloseTo(1 - tail, 12);
  });

  it('refuses a probability outside 0..1', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});
