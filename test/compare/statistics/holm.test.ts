import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../../src/compare/statistics/sign-flip.ts';

const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(12)));

describe("Holm's adjustment", () => {
  it.each([
    [
      [0.01, 0.02, 0.03, 0.04, 0.05],
      [0.05, 0.08, 0.09, 0.09, 0.09],
    ],
    [
      [0.008, 0.03, 0.123, 0.6, 0.2],
      [0.04, 0.12, 0.369, 0.6, 0.4],
    ],
  ])('gives the published values for %j', (ps, adjusted) => {
    expect(rounded(holm(ps))).toEqual(adjusted);
  });

  it('never lowers a p, never passes 1, and keeps the order', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ps, (values) => {
        const adjusted = holm(values);
        for (const [index, value] of values.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(value);
          expect(adjusted[index]).toBeLessThanOrEqual(1);
        }
        const order = values.map((_, index) => index).sort((one, other) => values[one]! - values[other]!);
        for (let rank = 1; rank < order.length; rank++) {
          expect(adjusted[order[rank]!]!).toBeGreaterThanOrEqual(adjusted[order[rank - 1]!]!);
        }
      }),
    );
  });

  it('leaves a single test alone and takes an empty family', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});
