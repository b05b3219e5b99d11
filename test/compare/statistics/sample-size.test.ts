import { describe, expect, it } from 'vitest';
import { pairedEstimate } from '../../../src/compare/statistics/paired-differences.ts';
import {
  articlesNeeded,
  minimumDetectableEffect,
  sampleSize,
} from '../../../src/compare/statistics/sample-size.ts';
import { normalQuantile } from '../../../src/convergence/distributions.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

const aims = { level: 0.05, power: 0.8 };

describe('the sample size of Miller 2024', () => {
  it.each([
    [0, 1, 969],
    [1 / 6, 1, 3876],
    [1 / 6, 10, 1260],
  ])('for omega² = 1/9, delta = .03, sigma² = %f and K = %i is %i', (sigmaSquared, repeats, articles) => {
    const supposed = {
      omegaSquared: 1 / 9,
      sigmaSquaredA: sigmaSquared,
      sigmaSquaredB: sigmaSquared,
      repeatsA: repeats,
      repeatsB: repeats,
    };
    expect(sampleSize(supposed, 0.03, aims)).toBe(articles);
  });
});

describe('the minimum detectable effect', () => {
  it('is found in about 80% of comparisons that have it', () => {
    const articles = 12;
    const effect = minimumDetectableEffect(1 / Math.sqrt(articles), articles, aims);
    const random = seededRandom('power');
    const runs = 2_000;
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const pairs = Array.from({ length: articles }, (_, index) => ({
        article: `${index}`,
        cell: `${index}`,
        a: effect + normalQuantile(Math.max(1e-12, random())),
        b: 0,
      }));
      if ((pairedEstimate(pairs)?.p as number) <= aims.level) found++;
    }
    expect(found / runs).toBeGreaterThan(0.77);
    expect(found / runs).toBeLessThan(0.83);
  });

  it('shrinks with articles until the number needed for it is reached, and not before', () => {
    for (const effect of [0.02, 0.05, 0.3]) {
      const needed = articlesNeeded(0.1, effect, aims) as number;
      const at = (articles: number) => minimumDetectableEffect(0.1 / Math.sqrt(articles), articles, aims);
      expect(at(needed)).toBeLessThanOrEqual(effect);
      expect(at(needed - 1)).toBeGreaterThan(effect);
    }
  });

  it('asks for a little more than the normal formula, as it must with few articles', () => {
    const supposed = { omegaSquared: 0.01, sigmaSquaredA: 0, sigmaSquaredB: 0, repeatsA: 1, repeatsB: 1 };
    const normal = sampleSize(supposed, 0.1, aims);
    expect(normal).toBe(8);
    expect(articlesNeeded(0.1, 0.1, aims)).toBe(10);
  });

  it('names no number beyond a million articles', () => {
    expect(articlesNeeded(1, 1e-6, aims)).toBeNull();
  });
});

describe('known values', () => {
  it('of the minimum detectable effect are t at both chances times the standard error', () => {
    // t(0.975, 11) + t(0.8, 11) and, for two articles, t(0.975, 1) + t(0.8, 1)
    expect(minimumDetectableEffect(0.5, 12, aims)).toBeCloseTo(3.0765151381655205 / 2, 9);
    expect(minimumDetectableEffect(1, 2, aims)).toBeCloseTo(14.082586656645868, 8);
  });

  it('of the articles needed begin at two, and go to a million', () => {
    expect(articlesNeeded(1, 10, aims)).toBe(2);
    expect(articlesNeeded(1, 2.5, aims)).toBe(4);
    // (1.959964 + 0.841621)^2 / effect^2 = 900,004 and 1,499,992
    const near = articlesNeeded(1, 0.0029531, aims) as number;
    expect(Math.abs(near - 900_005)).toBeLessThan(20);
    expect(articlesNeeded(1, 0.0022875, aims)).toBeNull();
  });

  it('of the sample size divide the variance of each arm by its repeats', () => {
    // 0.01 + 0.04 / 4 + 0.09 / 3 = 0.05; 7.84888 * 0.05 / 0.01 = 39.24
    const supposed = {
      omegaSquared: 0.01,
      sigmaSquaredA: 0.04,
      sigmaSquaredB: 0.09,
      repeatsA: 4,
      repeatsB: 3,
    };
    expect(sampleSize(supposed, 0.1, aims)).toBe(40);
  });
});
