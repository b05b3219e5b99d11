import { describe, expect, it } from 'vitest';
import { nonInferiority } from '../../../src/compare/statistics/non-inferiority.ts';
import { pairedEstimate } from '../../../src/compare/statistics/paired-differences.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

function judged(gains: number[], margin: number, range: number | null = 1) {
  const estimate = pairedEstimate(
    gains.map((a, index) => ({ article: `${index}`, cell: `${index}`, a, b: 0 })),
  );
  if (!estimate) throw new Error('no gains');
  return nonInferiority(gains, estimate, { margin, level: 0.05, range, random: seededRandom('margin') });
}

const slightLoss = [-0.01, 0.01, -0.02, 0, -0.01, 0.02, -0.01, -0.02];
const many = (gains: number[], times: number) => new Array(times).fill(gains).flat();

describe('non-inferiority', () => {
  it('is shown where the loss is surely inside the margin, scattered or rare', () => {
    const result = judged(many(slightLoss, 12), 0.05);
    expect(result.isShown).toBe(true);
    expect(result.bound).toBeGreaterThan(-0.05);
  });

  it('is not shown by so few that a rare loss would not have been among them', () => {
    const result = judged(slightLoss, 0.05);
    expect(result.isShown).toBe(false);
    expect(result.bound).toBeLessThan(-0.05);
  });

  it('is not shown for a margin as small as the loss', () => {
    expect(judged(many(slightLoss, 12), 0.005).isShown).toBe(false);
  });

  it('is not shown by noise, however small the mean loss', () => {
    expect(judged([0.3, -0.3, 0.25, -0.25, 0.2, -0.2, 0.3, -0.3], 0.05).isShown).toBe(false);
  });

  it.each([5, 6, 7, 8, 10, 30])('is not shown by %i equal results', (count) => {
    expect(judged(new Array(count).fill(0), 0.1)).toMatchObject({ isShown: false });
    expect(judged(new Array(count).fill(0), 0.1, null)).toMatchObject({ isShown: false, p: 1 });
  });

  it('is shown by 40 equal results for a tenth of a share: 0.9^40 is below half the level', () => {
    expect(judged(new Array(40).fill(0), 0.1).isShown).toBe(true);
  });

  it('takes the t bound where that is the stricter one', () => {
    const gains = many([0.2, -0.2], 40);
    const { p, isShown } = judged(gains, 0.02);
    expect(isShown).toBe(false);
    // t = 0.02 / (0.2013 / sqrt(80)) = 0.889 on 79 degrees of freedom
    expect(p).toBeGreaterThanOrEqual(0.188);
  });

  it('of a measure without an end leans on the t and the sign-flip test', () => {
    const scattered = judged(slightLoss, 0.05, null);
    expect(scattered.isShown).toBe(true);
    // Seven of eight differ: 1 / 2^7 by the sign-flip test, which is the larger p.
    expect(scattered.p).toBeCloseTo(1 / 128, 12);
    expect(judged([-0.3, -0.2, -0.25, -0.2], 0.05, null).isShown).toBe(false);
  });

  it('of one article says nothing', () => {
    expect(judged([0.5], 0.1)).toMatchObject({ isShown: false, p: 1, bound: null });
  });

  it.each([
    [
      'a scattered loss',
      (random: () => number) => -0.05 + (random() + random() + random() - 1.5) * 0.2,
      0.05,
    ],
    ['a rare loss', (random: () => number) => (random() < 0.1 ? -1 : 0), 0.1],
    ['a rare loss beside small gains', (random: () => number) => (random() < 0.1 ? -0.9 : 0.05), 0.045],
  ] as const)(
    'wrongly clears %s of exactly the margin in at most 2.5%% of comparisons',
    (_, gainOf, margin) => {
      const random = seededRandom('at the margin', margin);
      for (const articles of [6, 10, 30, 60]) {
        const runs = 500;
        let cleared = 0;
        for (let run = 0; run < runs; run++) {
          const gains = Array.from({ length: articles }, () => gainOf(random));
          if (judged(gains, margin).isShown) cleared++;
        }
        expect(cleared / runs).toBeLessThanOrEqual(0.025 + 4 * Math.sqrt((0.025 * 0.975) / runs));
      }
    },
  );
});
