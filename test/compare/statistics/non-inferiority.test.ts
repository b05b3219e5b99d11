import { describe, expect, it } from 'vitest';
import { nonInferiority } from '../../../src/compare/statistics/non-inferiority.ts';
import { pairedEstimate } from '../../../src/compare/statistics/paired-differences.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

function judged(gains: number[], margin: number) {
  const estimate = pairedEstimate(
    gains.map((a, index) => ({ article: `${index}`, cell: `${index}`, a, b: 0 })),
  );
  if (!estimate) throw new Error('no gains');
  return nonInferiority(gains, estimate, { margin, level: 0.05, random: seededRandom('margin') });
}

const slightLoss = [-0.01, 0.01, -0.02, 0, -0.01, 0.02, -0.01, -0.02];

describe('non-inferiority', () => {
  it('is shown where the loss is surely inside the margin', () => {
    const result = judged(slightLoss, 0.05);
    expect(result.isShown).toBe(true);
    expect(result.p).toBe(1 / 256);
    expect(result.bound).toBeGreaterThan(-0.05);
  });

  it('is not shown for a margin as small as the loss', () => {
    expect(judged(slightLoss, 0.005).isShown).toBe(false);
  });

  it('is not shown by noise, however small the mean loss', () => {
    expect(judged([0.3, -0.3, 0.25, -0.25, 0.2, -0.2, 0.3, -0.3], 0.05).isShown).toBe(false);
  });

  it('is not shown by five equal results, and is by six: 1/2^n must reach half the level', () => {
    expect(judged([0, 0, 0, 0, 0], 0.05)).toMatchObject({ isShown: false, p: 1 / 32, bound: 0 });
    expect(judged([0, 0, 0, 0, 0, 0], 0.05)).toMatchObject({ isShown: true, p: 1 / 64 });
  });

  it('wrongly clears a true loss of the margin in at most 2.5% of comparisons', () => {
    const random = seededRandom('at the margin');
    const runs = 2_000;
    let cleared = 0;
    for (let run = 0; run < runs; run++) {
      const gains = Array.from({ length: 10 }, () => -0.05 + (random() + random() + random() - 1.5) * 0.2);
      if (judged(gains, 0.05).isShown) cleared++;
    }
    const level = 25 / 1024;
    expect(Math.abs(cleared / runs - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / runs));
  });
});
