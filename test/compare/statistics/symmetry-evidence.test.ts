import { describe, expect, it } from 'vitest';
import { evidenceAgainstSymmetry, fewestGainsFor } from '../../../src/compare/statistics/betting.ts';

describe('the evidence against symmetry', () => {
  it('is worth 1 on average over all signs, whatever the sizes: that makes it an e-value', () => {
    const sizes = [0.3, 0.01, 0.2, 0.2, 1, 0.07];
    let sum = 0;
    for (let pattern = 0; pattern < 2 ** sizes.length; pattern++) {
      sum += evidenceAgainstSymmetry(sizes.map((size, place) => (pattern & (1 << place) ? size : -size)));
    }
    expect(sum / 2 ** sizes.length).toBeCloseTo(1, 12);
  });

  it('stays worth 1 on average when it is stopped at the first good look', () => {
    const sizes = [0.1, 0.2, 0.15, 0.3, 0.12];
    let sum = 0;
    for (let pattern = 0; pattern < 2 ** sizes.length; pattern++) {
      const gains = sizes.map((size, place) => (pattern & (1 << place) ? size : -size));
      const looks = gains.map((_, index) => evidenceAgainstSymmetry(gains.slice(0, index + 1)));
      sum += looks.find((evidence) => evidence >= 2) ?? (looks.at(-1) as number);
    }
    expect(sum / 2 ** sizes.length).toBeCloseTo(1, 12);
  });

  it('takes equal results for no evidence', () => {
    expect(evidenceAgainstSymmetry([])).toBeCloseTo(1, 12);
    expect(evidenceAgainstSymmetry([0, 0, 0, 0])).toBeCloseTo(1, 12);
    const rounded = [0, 0.1, 0, 0.2];
    expect(evidenceAgainstSymmetry(rounded)).toBeGreaterThan(1);
  });

  it('does not depend on the unit, grows with every gain and at most doubles', () => {
    const gains = [0.1, 0.12, 0.08, 0.3, -0.02, 0.2];
    expect(evidenceAgainstSymmetry(gains.map((each) => 1000 * each))).toBeCloseTo(
      evidenceAgainstSymmetry(gains),
      9,
    );
    for (let count = 1; count <= 8; count++) {
      const before = evidenceAgainstSymmetry(new Array(count - 1).fill(1));
      const after = evidenceAgainstSymmetry(new Array(count).fill(1));
      expect(after).toBeGreaterThan(before);
      expect(after).toBeLessThan(2 * before);
    }
  });

  it('says how many gains it takes at the least', () => {
    expect(fewestGainsFor(40)).toBe(7);
    expect(evidenceAgainstSymmetry(new Array(7).fill(0.01))).toBeGreaterThanOrEqual(40);
    expect(evidenceAgainstSymmetry(new Array(6).fill(0.01))).toBeLessThan(40);
  });
});

/** Each stake by the other form of the bet, exp(b g / s) / cosh(b g / s), with the scaled gains given. */
const byHand = (...scaled: number[]) =>
  [
    [3, 0.3],
    [1.2, 0.3],
    [0.6, 0.25],
    [0.3, 0.15],
  ].reduce(
    (sum, [boldness, part]) =>
      sum +
      scaled.reduce(
        (product, gain) => product * (Math.exp(boldness! * gain) / Math.cosh(boldness! * gain)),
        part!,
      ),
    0,
  );

it.each([
  ['one gain, which is its own scale', [5], [1]],
  ['one loss', [-5], [-1]],
  ['a gain of 2 after one of 1, whose scale is sqrt(5 / 2)', [1, 2], [1, 2 / Math.sqrt(2.5)]],
  ['a loss after a gain', [1, -0.5], [1, -0.5 / Math.sqrt(0.625)]],
  ['a gain after an equal result, which counts in the scale', [0, 1], [Math.SQRT2]],
])('the evidence of %s', (_, gains, scaled) => {
  expect(evidenceAgainstSymmetry(gains)).toBeCloseTo(byHand(...scaled), 12);
});

it('says how many gains reach any evidence, none for less than the stake', () => {
  // One gain makes at most 2 of 1; the capital of seven is above 40.
  expect(fewestGainsFor(0.5)).toBe(0);
  expect(fewestGainsFor(1.2)).toBe(1);
});
