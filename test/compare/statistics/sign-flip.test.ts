import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articlesToReach, signFlip, smallestSignFlipP } from '../../../src/compare/statistics/sign-flip.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

const published = [0.04, 0.07, -0.02, 0.09, 0.07, 0, 0.08, 0.08, -0.01, 0.08];
const noChance = () => {
  throw new Error('an exact test draws nothing');
};

describe('the sign-flip test', () => {
  it('counts 16 of 1024 patterns as extreme in the published vector', () => {
    expect(signFlip(published, noChance)).toEqual({ p: 16 / 1024, extreme: 16, total: 1024, isExact: true });
  });

  it('is exact to 20 differences', () => {
    const result = signFlip(new Array<number>(20).fill(0.1), noChance);
    expect(result).toEqual({ p: 2 / 2 ** 20, extreme: 2, total: 2 ** 20, isExact: true });
  });

  it('treats sums that differ only by rounding as equal', () => {
    // 0.1 + 0.2 - 0.3 is not 0 in floating point; both patterns below are as extreme as the one seen.
    expect(signFlip([0.1, 0.2, -0.3], noChance).p).toBe(1);
  });

  it('draws patterns beyond 20 differences and never reports 0', () => {
    const result = signFlip(new Array<number>(30).fill(1), seededRandom('far'), { draws: 999 });
    expect(result).toEqual({ p: 1 / 1000, extreme: 0, total: 999, isExact: false });
  });

  it('agrees by drawing with what it counts exactly', () => {
    const random = seededRandom('agreement');
    const values = Array.from({ length: 20 }, () => random() - 0.35);
    const exact = signFlip(values, noChance).p;
    // 30 zeros change no sum, and force drawing.
    const drawn = signFlip([...values, ...new Array<number>(30).fill(0)], seededRandom('draws'), {
      draws: 19_999,
    }).p;
    const standardError = Math.sqrt((exact * (1 - exact)) / 19_999);
    expect(Math.abs(drawn - exact)).toBeLessThan(4 * standardError + 1 / 20_000);
  });

  it('is two-sided unless asked: both signs give the same p, and the one-sided tails overlap in the ties', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 10 }), (values) => {
        const flipped = values.map((value) => -value);
        expect(signFlip(values, noChance).p).toBe(signFlip(flipped, noChance).p);
        const upper = signFlip(values, noChance, { alternative: 'greater' }).p;
        const lower = signFlip(flipped, noChance, { alternative: 'greater' }).p;
        expect(upper + lower).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('knows the smallest p that few articles can give', () => {
    expect(smallestSignFlipP(5)).toBe(0.0625);
    expect(smallestSignFlipP(6)).toBe(0.03125);
    expect(smallestSignFlipP(0)).toBe(1);
    expect(articlesToReach(0.05)).toBe(6);
    expect(articlesToReach(0.05 / 6)).toBe(8);
    for (const level of [0.2, 0.05, 0.01, 0.05 / 12]) {
      expect(smallestSignFlipP(articlesToReach(level))).toBeLessThanOrEqual(level);
      expect(smallestSignFlipP(articlesToReach(level) - 1)).toBeGreaterThan(level);
    }
  });
});

describe('the limit between trying and drawing', () => {
  it('draws 19,999 patterns for 21 differences', () => {
    const drawn = signFlip(new Array<number>(21).fill(1), seededRandom('limit'));
    expect(drawn).toEqual({
      p: (1 + drawn.extreme) / 20_000,
      extreme: drawn.extreme,
      total: 19_999,
      isExact: false,
    });
    expect(drawn.extreme).toBeLessThan(3);
  });

  it('counts sums as far out on both sides, or on the upper alone', () => {
    expect(signFlip([1, 2, 3], noChance)).toMatchObject({ extreme: 2, total: 8 });
    expect(signFlip([1, 2, 3], noChance, { alternative: 'greater' })).toMatchObject({ extreme: 1, total: 8 });
    expect(signFlip([-1, -2, -3], noChance, { alternative: 'greater' })).toMatchObject({ extreme: 8 });
    // 6, 4, 2, 0, 0, -2, -4, -6: at least 4 far out are four, at least 4 up are two.
    expect(signFlip([1, 2, -3], noChance)).toMatchObject({ extreme: 8 });
    expect(signFlip([-1, 2, 3], noChance)).toMatchObject({ extreme: 4 });
    expect(signFlip([-1, 2, 3], noChance, { alternative: 'greater' })).toMatchObject({ extreme: 2 });
  });

  it('takes sums for ties that differ by less than 1e-12 of the sum of sizes, one-sided too', () => {
    expect(signFlip([0.1, 0.2, -0.3], noChance, { alternative: 'greater' })).toMatchObject({ extreme: 5 });
    // Of 1, 1 + 2e-12 and -1 the sum is 4e-12 above that of the pattern with the ones swapped, more than 3e-12.
    expect(signFlip([1, 1 + 2e-12, -1], noChance, { alternative: 'greater' })).toMatchObject({ extreme: 3 });
  });

  it('draws one-sided too: half of the patterns are above a sum of nothing', () => {
    const zero = Array.from({ length: 22 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const { p } = signFlip(zero, seededRandom('zero'), { alternative: 'greater', draws: 1999 });
    // 0.5 and half of the chance of a tie, C(22, 11) / 2^22 = 0.168
    expect(Math.abs(p - 0.584)).toBeLessThan(0.05);
  });
});
