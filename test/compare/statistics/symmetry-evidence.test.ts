import { describe, expect, it } from 'vitest';
import {
  evidenceAgainstSymmetry,
  fewestGainsFor,
} from '../../../src/compare/statistics/symmetry-evidence.ts';

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
