import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClusteredValue,
  clusterInterval,
  clusterMean,
  equalPerCluster,
} from '../../../src/compare/statistics/cluster-mean.ts';

const numbered = Array.from({ length: 20 }, (_, value) => ({ cluster: `c${value % 4}`, value }));

describe('the cluster standard error', () => {
  it('gives the published value for 0..19 in clusters i % 4', () => {
    const estimate = clusterMean(numbered);
    expect(estimate.mean).toBeCloseTo(9.5, 12);
    expect(estimate.standardError).toBeCloseTo(0.6454972, 7);
    expect(estimate.clusters).toBe(4);
  });

  it('is the ordinary standard error when every value is its own cluster', () => {
    const values = [3, 5, 8, 13, 21].map((value, index) => ({ cluster: `${index}`, value }));
    expect(clusterMean(values).standardError).toBeCloseTo(Math.sqrt(52 / 5), 12);
  });

  it('is that of the clusters means when every cluster weighs the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 }), {
          minLength: 2,
          maxLength: 8,
        }),
        (clusters) => {
          const values = clusters.flatMap((members, index) =>
            members.map((value) => ({ cluster: `${index}`, value })),
          );
          const means = clusters.map((members, index) => ({
            cluster: `${index}`,
            value: members.reduce((sum, value) => sum + value, 0) / members.length,
          }));
          const nested = clusterMean(equalPerCluster(values));
          const flat = clusterMean(means);
          expect(nested.mean).toBeCloseTo(flat.mean, 9);
          expect(nested.standardError).toBeCloseTo(flat.standardError as number, 9);
        },
      ),
    );
  });

  it('is larger than the naive one when values of a cluster go together', () => {
    const values = [1, 1, 1, 1, 0, 0, 0, 0].map((value, index) => ({
      cluster: index < 4 ? 'yes' : 'no',
      value,
    }));
    const naive = clusterMean(values.map(({ value }, index) => ({ cluster: `${index}`, value })));
    expect(clusterMean(values).standardError).toBeGreaterThan(2 * (naive.standardError as number));
  });

  it('does not exist for a single cluster, and neither does its interval', () => {
    const estimate = clusterMean([
      { cluster: 'only', value: 1 },
      { cluster: 'only', value: 2 },
    ]);
    expect(estimate.standardError).toBeNull();
    expect(clusterInterval(estimate)).toBeNull();
  });

  it('is exactly nothing for equal values, whatever their rounding', () => {
    const values = ['a', 'b', 'c'].map((cluster) => ({ cluster, value: 0.1 + 0.2 }));
    expect(clusterMean(values).standardError).toBe(0);
  });

  it('refuses an empty list', () => {
    expect(() => clusterMean([])).toThrow(RangeError);
  });
});

describe('sums of unlike sizes', () => {
  it.each([[[1, 1e100, 1, -1e100]], [[1e100, 1, -1e100, 1]], [[-1e100, 1, 1, 1e100]]])(
    'lose no small number to a large one: %j',
    (values) => {
      expect(clusterMean(values.map((value, index) => ({ cluster: `${index}`, value }))).mean).toBe(0.5);
    },
  );

  it('count a spread below 1e-12 of the largest value as rounding, and no other', () => {
    const errorOf = (...values: number[]) =>
      clusterMean(values.map((value, index) => ({ cluster: `${index}`, value }))).standardError;
    expect(errorOf(1e6, 1e6 + 1e-8)).toBe(0);
    expect(errorOf(-1e6, -1e6 - 1e-8)).toBe(0);
    expect(errorOf(1, 1 + 3e-12)).toBeCloseTo(1.5e-12, 14);
    expect(errorOf(1, 1 + 3e-12)).not.toBe(0);
    expect(errorOf(1e-13, 3e-13)).toBeCloseTo(1e-13, 20);
    expect(errorOf(0, 0)).toBe(0);
  });
});

describe('weights', () => {
  it('are shares of the sum of weights, 1 where none is given', () => {
    // (3 * 1 + 1 * 5) / 4 = 2; residuals 3/4 * -1 and 1/4 * 3: sqrt(2 * 2 * 9/16) = 1.5
    const estimate = clusterMean([
      { cluster: 'a', value: 1, weight: 3 },
      { cluster: 'b', value: 5 },
    ]);
    expect(estimate.mean).toBe(2);
    expect(estimate.standardError).toBeCloseTo(1.5, 12);
  });

  it('of equal clusters are one over the cluster size', () => {
    const [a, b, other] = equalPerCluster<ClusteredValue>([
      { cluster: 'pair', value: 1 },
      { cluster: 'pair', value: 2 },
      { cluster: 'alone', value: 3 },
    ]);
    expect([a?.weight, b?.weight, other?.weight]).toEqual([0.5, 0.5, 1]);
  });
});

describe('the interval of a cluster mean', () => {
  it('is t with one degree of freedom less than clusters, 95% unless asked', () => {
    // t(0.975, 3) = 3.1824463 and t(0.95, 3) = 2.3533634, times 0.6454972
    const estimate = clusterMean(numbered);
    expect(clusterInterval(estimate)?.low).toBeCloseTo(9.5 - 2.0542602, 6);
    expect(clusterInterval(estimate)?.high).toBeCloseTo(9.5 + 2.0542602, 6);
    expect(clusterInterval(estimate, 0.9)?.low).toBeCloseTo(9.5 - 1.5190895, 6);
  });
});
