import { describe, expect, it } from 'vitest';
import { effectiveCount } from '../../../src/compare/statistics/cluster-mean.ts';
import { wilson } from '../../../src/convergence/distributions.ts';

describe("Wilson's interval", () => {
  it('gives the published bounds for 8 of 10', () => {
    const { low, high } = wilson(8, 10);
    expect(low).toBeCloseTo(0.4901625, 7);
    expect(high).toBeCloseTo(0.9433178, 7);
  });

  it.each([
    [8, 10, 0.9, 0.540792805687488, 0.931442012262468],
    [2.5, 7, 0.95, 0.11808301126155252, 0.6974399701860725],
  ])('gives those of the formula for %f of %i at %f', (successes, trials, confidence, low, high) => {
    expect(wilson(successes, trials, confidence).low).toBeCloseTo(low, 12);
    expect(wilson(successes, trials, confidence).high).toBeCloseTo(high, 12);
  });

  it('keeps within 0..1 at both ends and never has no width', () => {
    expect(wilson(0, 4).low).toBe(0);
    expect(wilson(0, 4).high).toBeGreaterThan(0.4);
    expect(wilson(4, 4).high).toBe(1);
    expect(wilson(4, 4).low).toBeLessThan(0.6);
  });

  it('refuses a share of nothing', () => {
    expect(() => wilson(0, 0)).toThrow(RangeError);
  });
});

describe('the effective number of debates', () => {
  it('is all of them when they are independent', () => {
    const independent = Math.sqrt((0.5 * 0.5) / 40);
    expect(effectiveCount(0.5, independent, { debates: 40, articles: 40 })).toBeCloseTo(40, 9);
  });

  it('falls to the number of articles when repeats say nothing new', () => {
    const clustered = Math.sqrt((0.5 * 0.5) / 8);
    expect(effectiveCount(0.5, clustered, { debates: 40, articles: 8 })).toBeCloseTo(8, 9);
  });

  it('never exceeds the debates held, and counts articles where nothing varies', () => {
    expect(effectiveCount(0.5, 0.001, { debates: 40, articles: 8 })).toBe(40);
    expect(effectiveCount(1, 0, { debates: 40, articles: 8 })).toBe(8);
    expect(effectiveCount(0.5, null, { debates: 3, articles: 1 })).toBe(1);
    expect(effectiveCount(1, 0.1, { debates: 40, articles: 8 })).toBe(8);
    expect(effectiveCount(0, 0.1, { debates: 40, articles: 8 })).toBe(8);
    // More articles with one debate each than debates that ended.
    expect(effectiveCount(1, 0, { debates: 3, articles: 8 })).toBe(3);
    expect(effectiveCount(0.2, 0.1, { debates: 40, articles: 8 })).toBeCloseTo(16, 12);
    expect(effectiveCount(0.5, 1, { debates: 40, articles: 8 })).toBe(0.25);
  });
});
