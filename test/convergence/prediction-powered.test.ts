import { describe, expect, test } from 'vitest';
import { predictionPoweredIndex } from '../../src/convergence/prediction-powered.ts';
import type { Stands } from '../../src/convergence/stands.ts';
import type { Agenda } from '../../src/debate/agenda.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';

const principals = ['ann', 'bo'];

function agendaOf(weights: readonly number[]): Agenda {
  return weights.map((weight, index) => ({
    id: `issue-${index}`,
    title: `Issue ${index}`,
    question: 'What?',
    weight,
    anchors: { 0: 'a', 3: 'b', 6: 'c' },
    passages: [],
  }));
}

/** Stands by issue: the first number is Ann's, the second Bo's. */
function stands(pairs: readonly (readonly [number, number] | null)[]): Stands {
  return new Map(
    pairs.flatMap((pair, index) =>
      pair === null
        ? []
        : [
            [
              `issue-${index}`,
              new Map([
                ['ann', pair[0]],
                ['bo', pair[1]],
              ]),
            ] as const,
          ],
    ),
  );
}

describe('C with labels of people', () => {
  const agenda = agendaOf([0.5, 0.25, 0.25]);
  const judge = stands([
    [0, 6],
    [0, 3],
    [3, 3],
  ]);

  test('is what people read where they labelled every issue, whatever the judge said', () => {
    const people = stands([
      [3, 3],
      [0, 6],
      [0, 3],
    ]);
    expect(predictionPoweredIndex(agenda, principals, judge, people)).toEqual({
      value: 0.5 * 1 + 0.25 * 0 + 0.25 * 0.5,
      interval: { low: 0.625, high: 0.625 },
      labelled: 3,
      issues: 3,
      labels: 6,
    });
  });

  test('is the judge C where the labels agree with it, with no width', () => {
    const result = predictionPoweredIndex(agenda, principals, judge, stands([[0, 6], [0, 3], null]));
    expect(result).toMatchObject({ value: 0.375, interval: { low: 0.375, high: 0.375 }, labelled: 2 });
  });

  test('is moved by the mean difference, weighted by the issues that were labelled', () => {
    // The judge is a half too low on the first issue and right on the second: (0.5 * 0.5 + 0.25 * 0) / 0.75.
    const result = predictionPoweredIndex(agenda, principals, judge, stands([[0, 3], [0, 3], null]));
    expect(result?.value).toBeCloseTo(0.375 + 1 / 3, 12);
    expect(result?.interval?.low).toBeLessThan(0.6);
  });

  test('has the interval of t over the labelled differences, with the correction for a finite agenda', () => {
    // differences 0.5 and 0, correction 1/3: spread (1/36 + 1/9) / 1 = 5/36; sqrt((1 - 2/3) * 5/36 / 2) = 0.152145; t(0.975, 1) = 12.7062
    const wide = predictionPoweredIndex(agenda, principals, judge, stands([[0, 3], [0, 3], null]));
    expect(wide?.interval).toEqual({ low: 0, high: 1 });
    // Four issues of equal weight with three labels: differences 0.05, 0.1, 0.15 about 0.1.
    // spread 0.005 / 2; sqrt((1 - 3/4) * 0.0025 / 3) = 0.0144338, times t(0.975, 2) = 4.302653; C = mean of 0.5 and 0.1
    const equal = agendaOf([0.25, 0.25, 0.25, 0.25]);
    const read = stands([
      [0, 3],
      [0, 3],
      [0, 3],
      [0, 3],
    ]);
    const labels = stands([[0, 2.7], [0, 2.4], [0, 2.1], null]);
    const found = predictionPoweredIndex(equal, principals, read, labels);
    expect(found?.value).toBeCloseTo(0.6, 12);
    expect(found?.interval?.low).toBeCloseTo(0.6 - 0.0144338 * 4.302653, 6);
    expect(found?.interval?.high).toBeCloseTo(0.6 + 0.0144338 * 4.302653, 6);
    expect(found).toMatchObject({ labelled: 3, issues: 4, labels: 6 });
  });

  test('counts weights among the issues that the judge read', () => {
    // 0.5 and 0.25 of 0.75: 2/3 * 0 + 1/3 * 0.5, and the correction of the first alone, 0.5
    const partly = stands([[0, 6], [0, 3], null]);
    const found = predictionPoweredIndex(agenda, principals, partly, stands([[0, 3], null, [3, 3]]));
    expect(found?.value).toBeCloseTo(1 / 6 + 0.5, 12);
    expect(found).toMatchObject({ labelled: 1, issues: 2, interval: null });
  });

  test('is nothing where the judge read nothing that weighs', () => {
    const weightless = agendaOf([0, 0, 0]);
    expect(predictionPoweredIndex(weightless, principals, judge, judge)).toBeNull();
    expect(predictionPoweredIndex(agenda, principals, new Map(), judge)).toBeNull();
  });

  test('one labelled issue of several gives a value and no interval', () => {
    const result = predictionPoweredIndex(agenda, principals, judge, stands([[3, 3], null, null]));
    expect(result).toMatchObject({ value: 1, interval: null, labelled: 1 });
  });

  test('nothing labelled for every principal gives nothing', () => {
    expect(predictionPoweredIndex(agenda, principals, judge, new Map())).toBeNull();
    const half: Stands = new Map([['issue-0', new Map([['ann', 3]])]]);
    expect(predictionPoweredIndex(agenda, principals, judge, half)).toBeNull();
  });

  test('a judge that always reads half a point too near is corrected by half of the labels, in nine of ten intervals', () => {
    const random = seededRandom('prediction-powered', 3);
    let held = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const issues = agendaOf(Array.from({ length: 10 }, () => 0.1));
      const truth = issues.map(() => [1 + 2 * random(), 3 + 2 * random()] as const);
      const read = truth.map(([ann, bo]) => [ann, bo - 0.5 + (random() - 0.5)] as const);
      const labelled = truth.map((pair, index) => (index % 2 === 0 ? pair : null));
      const result = predictionPoweredIndex(issues, principals, stands(read), stands(labelled));
      const real = predictionPoweredIndex(issues, principals, stands(truth), stands(truth))?.value ?? 0;
      if (result?.interval && result.interval.low <= real && real <= result.interval.high) held += 1;
    }
    expect(held / trials).toBeGreaterThan(0.9);
  });
});
