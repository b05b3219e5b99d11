import { describe, expect, it } from 'vitest';
import { clusterBootstrap } from '../../../src/compare/contrast.ts';
import { normalQuantile } from '../../../src/convergence/distributions.ts';
import { seededRandom } from '../../../src/debate/seeded-random.ts';

describe('the cluster bootstrap', () => {
  it('comes near the normal interval when there are many articles', () => {
    const random = seededRandom('many');
    const means = Array.from({ length: 400 }, () => normalQuantile(Math.min(1 - 1e-9, random() + 1e-10)));
    const mean = means.reduce((sum, value) => sum + value, 0) / 400;
    const sd = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399);
    const interval = clusterBootstrap(means, seededRandom('draws'), { draws: 4_000 });
    expect(interval?.low).toBeCloseTo(mean - (1.96 * sd) / 20, 1.9);
    expect(interval?.high).toBeCloseTo(mean + (1.96 * sd) / 20, 1.9);
  });

  it('is the two means themselves for two articles', () => {
    expect(clusterBootstrap([0.1, 0.4], seededRandom('two'))).toEqual({ low: 0.1, high: 0.4 });
  });

  it('gives the same interval for the same seed, and another for another', () => {
    const means = [0.02, 0.31, -0.1, 0.22, 0.07, 0.4, 0.01];
    const first = clusterBootstrap(means, seededRandom('seed', 1));
    expect(clusterBootstrap(means, seededRandom('seed', 1))).toEqual(first);
    expect(clusterBootstrap(means, seededRandom('seed', 2))).not.toEqual(first);
  });

  it('says nothing from a single article', () => {
    expect(clusterBootstrap([0.3], seededRandom('one'))).toBeNull();
  });
});
