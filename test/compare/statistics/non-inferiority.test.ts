import { describe, expect, it } from 'vitest';
import { capitalAgainst } from '../../../src/compare/statistics/betting.ts';
import { evidenceAgainstLoss, nonInferiority } from '../../../src/compare/statistics/non-inferiority.ts';
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

describe('the two bounds', () => {
  it('take the p of t where it is larger, for a measure of any range', () => {
    const gains = [0.1, -0.05, 0.2, 0.1];
    // t = (0.0875 + 0.05) / (0.103078 / 2) on 3 degrees of freedom: 0.0379; sign flips of gain + 0.05 without ties: 1 of 8 times two
    expect(judged(gains, 0.05, null).p).toBeCloseTo(1 / 8, 12);
    const wide = judged(many(gains, 30), 0.05);
    const scaled = judged(
      many(gains, 30).map((gain) => 3 * gain),
      0.15,
      3,
    );
    expect(scaled.p).toBeCloseTo(wide.p, 12);
    expect(scaled.bound).toBeCloseTo(3 * (wide.bound as number), 9);
  });

  it('stand at the loss against which the bets reach 1 over half the level', () => {
    const { bound } = judged(new Array(60).fill(0), 0.1);
    expect(capitalAgainst(new Array(60).fill(0.5), ((bound as number) + 1) / 2)).toBeCloseTo(40, 6);
  });

  it('are those of t for a measure without an end', () => {
    // Mean 0.0875, standard error 0.0515388, t(0.975, 3) = 3.1824463.
    expect(judged([0.1, -0.05, 0.2, 0.1], 0.05, null).bound).toBeCloseTo(0.0875 - 0.1640196, 5);
  });

  it('show it at half the two-sided level and not above', () => {
    // Equal gains without an end: the t test has no doubt, and n of one sign have 1 / 2^n: 1/32 and 1/64.
    expect(judged(new Array(5).fill(0.1), 0.1, null)).toMatchObject({
      p: 1 / 32,
      isShown: false,
      margin: 0.1,
    });
    expect(judged(new Array(6).fill(0.1), 0.1, null)).toMatchObject({ p: 1 / 64, isShown: true });
  });

  it('show it at just half the level, too', () => {
    const options = { margin: 0.1, range: null, random: seededRandom('margin') };
    const shown = (level: number) =>
      nonInferiority(new Array(5).fill(0.1), { interval: null }, { ...options, level }).isShown;
    expect([shown(1 / 16), shown(1 / 17)]).toEqual([true, false]);
  });

  it('have a coin to toss where one article alone differs', () => {
    // t = (1/30 + 0.05) / (1/30) = 2.5 on 2 degrees of freedom: 0.065; one sign of one flips to the other: 1/2.
    expect(judged([0.1, 0, 0], 0.05, null).p).toBeCloseTo(0.5, 12);
  });

  it('do not clear losses that all are as large as the margin', () => {
    expect(judged(new Array(80).fill(-0.25), 0.25)).toMatchObject({ p: 1, isShown: false });
    expect(judged(new Array(8).fill(-0.25), 0.25, null)).toMatchObject({ p: 1, isShown: false });
  });

  it('draw as many patterns of signs as asked', () => {
    const gains = Array.from({ length: 25 }, (_, index) => 0.1 + index / 1000);
    const options = { margin: 0.05, level: 0.05, random: seededRandom('margin'), draws: 499 };
    const found = nonInferiority(gains, { interval: null }, options);
    expect(found).toEqual({ margin: 0.05, bound: null, p: 1 / 500, isShown: true });
  });
});

describe('the evidence against a loss', () => {
  it('is the capital made of gains as shares of the range, against the mean that the margin leaves', () => {
    // Gains of -range..range as 0..1: 0.3 of a range of 2 is 0.575, and a loss of 0.2 is 0.45.
    const against = { margin: 0.2, range: 2 };
    expect(evidenceAgainstLoss([0.3, 0], against)).toBeCloseTo(capitalAgainst([0.575, 0.5], 0.45), 12);
    expect(evidenceAgainstLoss([5, -5], against)).toBeCloseTo(capitalAgainst([1, 0], 0.45), 12);
    expect(evidenceAgainstLoss([], against)).toBeCloseTo(1, 12);
  });
});

it('takes the p of t where few large gains make it doubtful, though every sign is the same', () => {
  // Six of one sign would have 1 / 64; t of gain + 0.05 on 5 degrees of freedom is the larger.
  const { p, isShown } = judged([0.01, 0.02, 0.01, 0.5, 0.02, 0.9], 0.05, null);
  expect(p).toBeCloseTo(0.0570099351, 9);
  expect(isShown).toBe(false);
});
