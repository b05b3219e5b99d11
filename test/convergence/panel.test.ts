import { expect, test } from 'vitest';
import { betweenJudges, votesOf } from '../../src/convergence/judge-quality.ts';

const by = (...judges: (string | undefined)[]) => judges.map((judge) => (judge ? { judge } : {}));

test('samples of one judge are one vote, however many', () => {
  expect(votesOf(by(undefined, undefined, undefined))).toEqual({ judges: 1, votes: 1 });
  expect(votesOf([])).toEqual({ judges: 1, votes: 1 });
});

test('nine judges are worth about two votes', () => {
  const nine = votesOf(by(...'abcdefghi'));
  expect(nine.judges).toBe(9);
  expect(nine.votes).toBeCloseTo(1.99, 2);
  expect(votesOf(by('a', 'a', 'b')).votes).toBeCloseTo(2 / 1.44, 12);
});

test('judges that differ beyond their own noise add what they differ by', () => {
  // Means 1 and 2: variance 0.5, over two judges 0.25; no noise within.
  expect(betweenJudges(by('a', 'a', 'b', 'b'), [[1, 1, 2, 2]])).toBeCloseTo(0.25, 12);
});

test('the noise of their own samples is taken off, and never below 0', () => {
  // Within: variance 0.5 of two samples, 0.25 a mean, 0.125 over two judges. Means 1 and 2: 0.25 - 0.125.
  expect(betweenJudges(by('a', 'a', 'b', 'b'), [[0.5, 1.5, 1.5, 2.5]])).toBeCloseTo(0.125, 12);
  expect(betweenJudges(by('a', 'a', 'b', 'b'), [[0, 2, 0, 2]])).toBe(0);
});

test('cells that one judge alone read tell nothing of the others', () => {
  expect(betweenJudges(by('a', 'b'), [[1, null]])).toBe(0);
  expect(betweenJudges(by('a', 'a'), [[1, 5]])).toBe(0);
});

test('judges count alike however many samples each has read, and cells that both have read alone count', () => {
  // Means 1 and 3: 2 / 2 = 1; within 0 and 2 / 2 = 1, mean 0.5, over two judges 0.25
  expect(betweenJudges(by('a', 'a', 'b', 'b'), [[1, null, 2, 4]])).toBeCloseTo(0.75, 12);
  expect(
    betweenJudges(by('a', 'a', 'b', 'b'), [
      [1, 1, 2, 2],
      [1, 5, null, null],
    ]),
  ).toBeCloseTo(0.25, 12);
  // Three judges at 1, 2 and 6: variance 7, over three 7 / 3; a judge without a name is one too.
  expect(betweenJudges(by(undefined, 'b', 'c'), [[1, 2, 6]])).toBeCloseTo(7 / 3, 12);
});
