import { describe, expect, it } from 'vitest';
import {
  type CheckedCell,
  measuredError,
  predictionPowered,
  unvalidatedError,
} from '../../src/convergence/reader-error.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';

const cell = (off: number, more: Partial<CheckedCell> = {}): CheckedCell => ({
  ...{ read: 3 + off, variance: 0, samples: 3, truth: 3, by: 'construction', ...more },
});
const times = (count: number, made: CheckedCell) => Array.from({ length: count }, () => made);

describe('the measured error of a judge', () => {
  it('is unknown where no truth is', () => {
    expect(measuredError([], 0)).toBeNull();
    expect(measuredError([cell(1, { truth: null })], 1)).toBeNull();
  });

  it('nears the root mean square of what it is off by, from the default, the more cells there are', () => {
    const few = measuredError(times(20, cell(0.5)), 4);
    expect(few?.points).toBeCloseTo(Math.sqrt((0.25 + 0.16 ** 2) / 2), 12);
    expect(measuredError(times(2000, cell(0.5)), 400)?.points).toBeCloseTo(0.5, 2);
    expect(measuredError(times(20, cell(0)), 4)?.points).toBeCloseTo(0.16 * Math.SQRT1_2, 12);
  });

  it('leaves out what the noise of the samples explains, and keeps that noise for single readings', () => {
    // 0.3 off with variance 0.27 over 3 samples: 0.09 is noise, nothing is left.
    const found = measuredError(times(40, cell(0.3, { variance: 0.27 })), 8);
    expect(found?.points).toBeCloseTo(Math.sqrt((20 * 0.16 ** 2) / 60), 12);
    expect(found?.noise).toBeCloseTo(Math.sqrt(0.27), 12);
    expect(found).toMatchObject({ basis: 'measured', transcripts: 8, labels: 0 });
  });

  it('knows no noise of single readings', () => {
    expect(measuredError([cell(0, { samples: 1 })], 1)?.noise).toBeNull();
  });

  it('follows the labels of people once there are eight, and until then all that is known', () => {
    const constructed = times(100, cell(0));
    const own = (count: number) => times(count, cell(1, { by: 'person' }));
    const seven = measuredError([...constructed, ...own(7)], 21);
    const eight = measuredError([...constructed, ...own(8)], 21);
    expect(seven).toMatchObject({ labels: 7 });
    expect(seven?.points).toBeCloseTo(Math.sqrt((7 + 20 * 0.16 ** 2) / 127), 12);
    expect(eight).toMatchObject({ labels: 8 });
    expect(eight?.points).toBeCloseTo(Math.sqrt((8 + 20 * 0.16 ** 2) / 28), 12);
  });

  it('does not change the default', () => {
    expect(unvalidatedError).toMatchObject({ points: 0.16, noise: null, basis: 'default' });
  });
});

describe('the prediction-powered mean', () => {
  it('is the mean of the labels where the prediction tells nothing', () => {
    expect(predictionPowered([1, 2, 3], [5, 5, 5], [5, 5, 9])).toBe(2);
  });

  it('follows a perfect prediction to the mean of all, as far as all are many', () => {
    const all = Array.from({ length: 3000 }, (_, place) => (place % 2 === 0 ? 0 : 2));
    expect(predictionPowered([0, 0, 2], [0, 0, 2], all)).toBeCloseTo(1, 2);
  });

  it('scatters less about the truth than the labels alone', () => {
    const random = seededRandom('labels');
    const errors = { labels: 0, powered: 0 };
    for (let run = 0; run < 300; run++) {
      const all = Array.from({ length: 300 }, () => random() * 4);
      const labels = all.slice(0, 20).map((value) => value + random() - 0.5);
      errors.labels += (labels.reduce((sum, value) => sum + value, 0) / 20 - 2) ** 2;
      errors.powered += (predictionPowered(labels, all.slice(0, 20), all) - 2) ** 2;
    }
    expect(errors.powered).toBeLessThan(errors.labels / 3);
  });
});

it('puts the labels right by the noise of all that was read, with the factor that leaves the least variance', () => {
  // labels 1, 3 about 2, predictions 0, 2 about 1: factor (2 / 2) / (1 + 2 / 4); 2 + 2/3 * (2 - 1)
  expect(predictionPowered([1, 3], [0, 2], [0, 2, 4, 2])).toBeCloseTo(8 / 3, 12);
});

it('takes unlabelled cells of a person into its estimate and the noise, and not into the labels', () => {
  // Excess 1 - 0.1 and 0, noise 0.1 and 0: factor 9 / (1 + 8 / 16) = 6; 0.45 + 6 * (0.075 - 0.05) = 0.6.
  const own = (count: number, off: number, variance: number, truth: number | null) =>
    times(count, cell(off, { variance, truth, by: 'person' }));
  const found = measuredError([...own(4, 1, 0.3, 3), ...own(4, 0, 0, 3), ...own(8, 1, 0.3, null)], 2);
  expect(found?.points).toBeCloseTo(Math.sqrt((8 * 0.6 + 20 * 0.16 ** 2) / 28), 12);
  expect(found?.noise).toBeCloseTo(Math.sqrt(0.225), 12);
  expect(found).toMatchObject({ labels: 8, transcripts: 2, unreadIssue: 0.27 });
});

it('takes the noise of single readings from cells that were read twice or more', () => {
  const found = measuredError([cell(0, { variance: 0.4, samples: 2 }), cell(0, { samples: 1 })], 1);
  expect(found?.noise).toBeCloseTo(Math.sqrt(0.4), 12);
});

it('is never less than nothing where the noise explains more than there is', () => {
  const own = times(8, cell(0, { variance: 0.9, by: 'person' }));
  expect(measuredError(own, 1)?.points).toBeCloseTo(Math.sqrt((20 * 0.16 ** 2) / 28), 12);
});
