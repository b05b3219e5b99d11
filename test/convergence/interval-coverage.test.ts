import { expect, test } from 'vitest';
import { arrangements, coverageOf } from '../../bench/validate/noisy-judge.ts';

test.each(
  arrangements.flatMap((arrangement) =>
    [
      { principals: 2, samples: 1, noise: 0.5, step: 0.5 },
      { principals: 2, samples: 3, noise: 0.6, step: 0.5 },
      { principals: 3, samples: 3, noise: 0.3, step: 1 },
      { principals: 4, samples: 5, noise: 1, step: 0.5 },
      { principals: 3, samples: 11, noise: 1, step: 1 },
    ].map((judge) => ({ arrangement, ...judge })),
  ),
)(
  'a noisy judge of $principals speakers $arrangement ($samples samples, noise $noise, steps of $step): nine intervals in ten hold the truth',
  (judge) => {
    const { held, intervals } = coverageOf(judge, 60);
    expect(intervals).toBeGreaterThan(40);
    expect(held).toBeGreaterThanOrEqual(0.9);
  },
);
