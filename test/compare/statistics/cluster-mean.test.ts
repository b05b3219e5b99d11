import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
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
