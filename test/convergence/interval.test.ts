import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/convergence/cells.ts';
import { principalConvergence } from '../../src/convergence/convergence-index.ts';
import { indexInterval } from '../../src/convergence/interval.ts';
import { type ReaderError, unvalidatedError } from '../../src/convergence/reader-error.ts';
import { standsOf } from '../../src/convergence/stands.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { agendaOf, reading, sample } from './made-up-readings.ts';

const exact: ReaderError = { ...unvalidatedError, points: 0, unreadIssue: 0 };

/** One sample for each row: positions by issue, then speaker. */
function samplesOf(...rows: number[][][]): JudgeSample[] {
  return rows.map((issues, number) =>
    sample(
      number,
      issues.flatMap((positions, issue) =>
        positions.map((position, place) => reading(`s${place}`, String.fromCharCode(97 + issue), position)),
      ),
    ),
  );
}

function intervalOf(samples: JudgeSample[], weights: number[], error: ReaderError = exact, speakers = 2) {
  const agenda = agendaOf(...weights);
  const principals = Array.from({ length: speakers }, (_, place) => `s${place}`);
  const cells = cellsOf(agenda, principals, samples);
  const { value } = principalConvergence(agenda, standsOf(cells), principals);
  return { value, interval: indexInterval({ agenda, cells, principals, samples, value, error }) };
}

describe('the interval of C', () => {
  test('has no width where the samples agree and the judge makes no mistakes', () => {
    const { interval } = intervalOf(samplesOf([[1, 3]], [[1, 3]], [[1, 3]]), [1]);
    expect(interval?.low).toBeCloseTo(2 / 3, 12);
    expect(interval?.high).toBeCloseTo(2 / 3, 12);
  });

  test('reaches 1.96 errors of C to both sides where the samples agree far apart', () => {
    // Two cells, each a sixth a point: sqrt(2) * 0.16 / 6 = 0.0377; 1.96 of it is 0.0739. d = 3 is beyond what noise could push.
    const { interval } = intervalOf(samplesOf([[1, 4]], [[1, 4]], [[1, 4]]), [1], unvalidatedError);
    expect(interval?.low).toBeCloseTo(0.5 - 0.0739, 4);
    expect(interval?.high).toBeCloseTo(0.5 + 0.0739, 4);
  });

  test('carries the errors of four speakers by the rank of each', () => {
    // 0, 1, 4, 5: outer speakers count 3 of 6 pairs, inner ones 1: sqrt(2 * (9 + 1)) / 36 * 0.16 * 1.96 = 0.0390
    const { value, interval } = intervalOf(
      samplesOf([[0.5, 1.5, 4.5, 5.5]], [[0.5, 1.5, 4.5, 5.5]]),
      [1],
      unvalidatedError,
      4,
    );
    // pairs: 1, 4, 5, 3, 4, 1: 18 / 36
    expect(value).toBeCloseTo(0.5, 12);
    expect((interval?.high ?? 0) - 0.5).toBeCloseTo((Math.sqrt(20) / 36) * 0.16 * 1.96, 3);
  });

  test('always holds C as it was read, and stays within 0 and 1', () => {
    const half = fc.integer({ min: 0, max: 12 }).map((steps) => steps / 2);
    const row = fc.array(fc.tuple(half, half, half), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), (rows) => {
        const { value, interval } = intervalOf(samplesOf(...rows), [0.8, 0.2], unvalidatedError, 3);
        if (value === null) {
          expect(interval).toBeNull();
          return;
        }
        expect(interval?.low).toBeGreaterThanOrEqual(0);
        expect(interval?.low).toBeLessThanOrEqual(value);
        expect(interval?.high).toBeGreaterThanOrEqual(value);
        expect(interval?.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('counts an issue left unread by its weight', () => {
    const error = { ...exact, unreadIssue: 0.2 };
    const samples = samplesOf([[1, 4]], [[1, 4]]);
    const { interval } = intervalOf(samples, [0.75, 0.25], error);
    // 1.96 * 0.2 * 0.25
    expect(interval?.low).toBeCloseTo(0.5 - 0.098, 4);
    expect(interval?.high).toBeCloseTo(0.5 + 0.098, 4);
  });

  test('takes half a point for one sample of a judge whose noise was never measured', () => {
    // 1.96 sqrt(2 (0.5^2 + 0.16^2)) / 6 = 0.2426
    const { interval } = intervalOf(samplesOf([[1, 4]]), [1], unvalidatedError);
    expect(interval?.low).toBeCloseTo(0.5 - 0.2426, 2);
    expect(interval?.high).toBeCloseTo(0.5 + 0.2426, 3);
    const failed = sample(1, [], { outcome: 'failed' });
    expect(intervalOf([...samplesOf([[1, 4]]), failed], [1], unvalidatedError).interval).toEqual(interval);
  });

  test('takes the measured noise for one sample', () => {
    const measured = {
      ...unvalidatedError,
      points: 0,
      noise: 0.3,
      unreadIssue: 0,
      basis: 'measured' as const,
    };
    const { interval } = intervalOf(samplesOf([[1, 4]]), [1], measured);
    // sqrt(2) * 0.3 / 6 * 1.96
    expect(interval?.low).toBeCloseTo(0.5 - 0.1386, 3);
  });

  test('is wider where two judges differ than where one judge scatters as much', () => {
    const rows = samplesOf([[1, 4]], [[1, 4]], [[1.5, 4]], [[1.5, 4]]);
    const panel = rows.map((each, place) => ({ ...each, judge: place < 2 ? 'one' : 'other' }));
    const width = (samples: JudgeSample[]) => {
      const { interval } = intervalOf(samples, [1], unvalidatedError);
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(panel)).toBeGreaterThan(width(rows) * 1.2);
  });

  test('reaches 1 where speakers who agree are read with noise', () => {
    // Everyone at 3, read half a point off here and there: the mean distance is above 0 in every sample.
    const { value, interval } = intervalOf(
      samplesOf(
        [
          [3, 3.5],
          [2.5, 3],
        ],
        [
          [3.5, 3],
          [3, 3],
        ],
        [
          [3, 2.5],
          [3, 3.5],
        ],
      ),
      [0.5, 0.5],
    );
    expect(value).toBe(1);
    expect(interval?.high).toBe(1);
  });
});

/** Bounds that a second program made by the formulas of the docstring, with its own integrals and root finder. */
test.each<{
  name: string;
  samples: number[][][];
  weights?: number[];
  error?: Partial<ReaderError>;
  judges?: string[];
  low: number;
  high: number;
}>([
  {
    name: 'five samples of two speakers, by t with the eight degrees of their noise',
    samples: [[[2, 3.5]], [[2.5, 3.5]], [[2, 4]], [[2, 3.5]], [[2.5, 4]]],
    error: { points: 0 },
    low: 0.6834313945893742,
    high: 0.8165686054106258,
  },
  {
    name: 'a distance within the noise, whose low end is the root mean square',
    samples: [[[3, 3.5]], [[3.5, 3.5]], [[3, 3]]],
    low: 0.9093186709382632,
    high: 1,
  },
  {
    name: 'three speakers whose errors count by rank',
    samples: [[[1, 3, 4.5]], [[1.5, 3, 5]], [[1, 3.5, 4.5]]],
    low: 0.5358212895366925,
    high: 0.6864016846704424,
  },
  {
    name: 'two issues by weight beside one left unread',
    samples: [
      [[1, 4], [2, 2.5], []],
      [[1.5, 4], [2.5, 2.5], []],
      [[1, 4.5], [2, 3], []],
    ],
    weights: [0.5, 0.3, 0.2],
    low: 0.497109385538637,
    high: 0.8222106354342602,
  },
  {
    name: 'both ends of the scale, which cut the noise off',
    samples: [[[0, 6]], [[0, 5.5]], [[0.5, 6]]],
    error: { points: 0 },
    low: 0,
    high: 0.2205801959244258,
  },
  {
    name: 'one end of the scale, where readings scatter more than they show',
    samples: [[[0, 1]], [[0.5, 1]], [[0, 2]]],
    low: 0.5550623955441315,
    high: 1,
  },
  {
    name: 'a panel of two judges who differ by half a point on one speaker',
    samples: [[[1, 4]], [[1, 4]], [[1.5, 4]], [[1.5, 4]]],
    judges: ['one', 'one', 'other', 'other'],
    low: 0.38452363212350854,
    high: 0.6988097012098851,
  },
  {
    name: 'a panel whose judges scatter as well',
    samples: [[[1, 4]], [[1, 4.5]], [[1.5, 4]], [[2, 4]]],
    judges: ['one', 'one', 'other', 'other'],
    low: 0.2769259396330351,
    high: 0.8064049405800089,
  },
  {
    name: 'three speakers close together, where the distance and its error come before the root',
    samples: [[[2, 2, 3]], [[2, 2.5, 3]], [[2.5, 2, 3]]],
    low: 0.8417124422808189,
    high: 0.9875582370096773,
  },
  {
    name: 'samples that err on both issues together',
    samples: [
      [
        [1, 3],
        [2, 4],
      ],
      [
        [1.5, 3],
        [2.5, 4],
      ],
      [
        [0.5, 3],
        [1.5, 4],
      ],
    ],
    weights: [0.6, 0.4],
    error: { points: 0 },
    low: 0.5556943430110676,
    high: 0.7776143423539637,
  },
  {
    name: 'a single sample of a judge whose noise was measured',
    samples: [[[1, 4]]],
    error: { noise: 0.3 },
    low: 0.3429251034957077,
    high: 0.6570692906493537,
  },
  {
    name: 'three speakers beside a quarter of the agenda that was left unread',
    samples: [
      [[1, 1.5, 2], []],
      [[1, 1.5, 2.5], []],
      [[1, 2, 2], []],
    ],
    weights: [0.75, 0.25],
    low: 0.7226595881140594,
    high: 1,
  },
])('the interval of $name', ({ samples, weights = [1], error, judges, low, high }) => {
  const read = samplesOf(...samples).map((one, place) => (judges ? { ...one, judge: judges[place]! } : one));
  const { interval } = intervalOf(read, weights, { ...unvalidatedError, ...error }, samples[0]![0]!.length);
  expect(interval?.low).toBeCloseTo(low, 5);
  expect(interval?.high).toBeCloseTo(high, 5);
});
