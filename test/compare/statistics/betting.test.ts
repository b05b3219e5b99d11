import { describe, expect, it } from 'vitest';
import { articlesToClear, capitalAgainst, lowestMean } from '../../../src/compare/statistics/betting.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

describe('betting against a mean', () => {
  it('multiplies the bold part of the stake by value over mean', () => {
    // All of the bold 0.7 is bet: 0.7 * (0.5 / 0.25)^3 = 5.6; the rest, parts 0.05 to 0.95, each (1 + part)^3.
    const parts = Array.from({ length: 19 }, (_, place) => (1 + (place + 1) / 20) ** 3);
    const rest = (0.3 * parts.reduce((sum, value) => sum + value, 0)) / 19;
    expect(capitalAgainst([0.5, 0.5, 0.5], 0.25)).toBeCloseTo(5.6 + rest, 12);
  });

  it('keeps 1 where every value is the mean, and before there are any', () => {
    expect(capitalAgainst([0.4, 0.4, 0.4], 0.4)).toBeCloseTo(1, 12);
    expect(capitalAgainst([], 0.4)).toBeCloseTo(1, 12);
  });

  it('loses the bold stake on a value of 0, and no more than that', () => {
    const before = capitalAgainst([0.5, 0.5], 0.25);
    const after = capitalAgainst([0.5, 0.5, 0], 0.25);
    expect(after).toBeLessThan(before - 0.7 * 4);
    expect(after).toBeGreaterThan(0);
  });

  it('comes to the same in any order', () => {
    expect(capitalAgainst([0.1, 0.9, 0.5], 0.3)).toBeCloseTo(capitalAgainst([0.9, 0.5, 0.1], 0.3), 12);
  });

  it('reaches 40 in at most one in 40 series of rare losses whose mean is the one bet against', () => {
    const random = seededRandom('rare losses');
    let reached = 0;
    for (let series = 0; series < 4000; series++) {
      const values = Array.from({ length: 60 }, () => (random() < 0.1 ? 0 : 0.5));
      if (capitalAgainst(values, 0.45) >= 40) reached += 1;
    }
    expect(reached / 4000).toBeLessThanOrEqual(0.025 + 4 * Math.sqrt((0.025 * 0.975) / 4000));
    expect(reached).toBeGreaterThan(0);
  });
});

describe('the lowest mean', () => {
  it('is the one against which the capital just reaches 1 / level', () => {
    const values = [0.5, 0.6, 0.55, 0.4, 0.5, 0.7, 0.65, 0.5];
    const low = lowestMean(values, 0.025);
    expect(low).toBeLessThan(0.5);
    expect(capitalAgainst(values, low * 0.999)).toBeGreaterThan(40);
    expect(capitalAgainst(values, low * 1.001)).toBeLessThan(40);
  });
});

describe('articles to clear a margin', () => {
  it('are those that n equal results take: (0.5 / 0.45)^n * 0.7 reaches 40', () => {
    const fewest = articlesToClear([0], { margin: 0.1, range: 1, level: 0.025 });
    expect(fewest).toBe(Math.ceil(Math.log(40 / 0.7) / Math.log(0.5 / 0.45)));
    const ties = (count: number) => capitalAgainst(new Array(count).fill(0.5), 0.45);
    expect(ties(fewest as number)).toBeGreaterThanOrEqual(40);
    expect(ties((fewest as number) - 3)).toBeLessThan(40);
  });

  it('are fewer where there was a gain and more where there was a loss', () => {
    const options = { margin: 0.1, range: 1, level: 0.025 };
    const like = (gains: number[]) => articlesToClear(gains, options) as number;
    expect(like([0.2, 0.1])).toBeLessThan(like([0]));
    expect(like([-0.05, 0])).toBeGreaterThan(like([0]));
  });

  it('are unknown where the losses are as large as the margin', () => {
    expect(articlesToClear([-0.1, -0.2], { margin: 0.1, range: 1, level: 0.025 })).toBeNull();
  });
});

describe('articles like those seen', () => {
  it.each([
    // The bold stake is lost on a loss of all, so that a smaller part with 0.3 / 19 of the stake decides: 63.501 and 57.885.
    ['a rare loss of all', [-1, ...new Array(9).fill(0.3)], { margin: 0.1, range: 1, level: 0.025 }, 64],
    [
      'the same at a level of 5%',
      [-1, ...new Array(9).fill(0.3)],
      { margin: 0.1, range: 1, level: 0.05 },
      58,
    ],
    ['a loss of all in another unit', [-2, 0.6, 0.6, 0.6], { margin: 0.2, range: 2, level: 0.025 }, 970],
    ['two gains', [0.2, 0.1], { margin: 0.1, range: 1, level: 0.025 }, 17],
    ['the same gains in another unit', [0.8, 0.4], { margin: 0.4, range: 4, level: 0.025 }, 17],
    ['a small loss among them', [-0.05, 0, 0.1], { margin: 0.1, range: 1, level: 0.025 }, 34],
    ['equal results for a tiny margin', [0], { margin: 5e-6, range: 1, level: 0.025 }, 809_109],
    ['more than a million', [0], { margin: 3e-6, range: 1, level: 0.025 }, null],
  ])('are as many as the best part needs for 1 / level: %s', (_, gains, options, articles) => {
    expect(articlesToClear(gains, options)).toBe(articles);
  });
});

it('refutes every mean below 1 with enough values of 1, and none with values of 0', () => {
  expect(lowestMean(new Array(2000).fill(1), 0.025)).toBeGreaterThan(0.99);
  expect(lowestMean([0, 0, 0], 0.025)).toBe(0);
});
