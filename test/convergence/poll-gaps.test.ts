import { expect, test } from 'vitest';
import { pollGaps } from '../../src/convergence/public-private-gap.ts';
import type { Cell } from '../../src/debate/verdict.ts';

const agenda = [
  { id: 'a', weight: 0.75 },
  { id: 'b', weight: 0.25 },
].map(({ id, weight }) => ({
  id,
  weight,
  title: id,
  question: id,
  anchors: { 0: 'low', 3: 'middle', 6: 'high' },
  passages: [],
}));

const cell = (issue: string, position: number): Cell => ({
  ...{ stand: 'position', speaker: 'ann', issue, position, mean: position, variance: 0, spread: 0 },
  ...{ samples: 3, act: 'commit', quote: 'so', turn: 1 },
});
const answer = (round: number, ...positions: [string, number][]) => ({
  ...{ round, persona: 'ann', outcome: 'read' as const },
  positions: positions.map(([issue, position]) => ({ issue, position, why: '' })),
});

test('the gap is the weighted mean distance between what was read and what was said off the record', () => {
  const verdicts = [{ round: 1, cells: [cell('a', 1), cell('b', 6)] }];
  const [first] = pollGaps(agenda, verdicts, [answer(1, ['a', 3], ['b', 3])]);
  // 0.75 * 2/6 + 0.25 * 3/6
  expect(first?.gaps).toEqual([{ speaker: 'ann', gap: expect.closeTo(0.375, 10), coverage: 1 }]);
});

test('an issue without both counts for nothing, and without any there is no gap', () => {
  const verdicts = [{ round: 1, cells: [cell('a', 1)] }];
  const gapOf = (...polls: ReturnType<typeof answer>[]) => pollGaps(agenda, verdicts, polls)[0]?.gaps[0];
  expect(gapOf(answer(1, ['a', 4], ['b', 0]))).toMatchObject({ gap: 0.5, coverage: 0.75 });
  expect(gapOf(answer(1, ['b', 0]))).toMatchObject({ gap: null, coverage: 0 });
  expect(gapOf(answer(1))).toMatchObject({ gap: null });
});

test('each reading is held against the answers after it, and rounds without answers are left out', () => {
  const verdicts = [1, 2, 3].map((round) => ({ round, cells: [cell('a', round)] }));
  const gaps = pollGaps(agenda, verdicts, [answer(1, ['a', 1]), answer(3, ['a', 0])]);
  expect(gaps.map(({ round, gaps: [one] }) => [round, one?.gap])).toEqual([
    [1, 0],
    [3, 0.5],
  ]);
});
