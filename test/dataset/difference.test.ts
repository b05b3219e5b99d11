import { expect, test } from 'vitest';
import { differenceOf } from '../../src/dataset/pairs/difference.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { type DebateEventsOptions, debateEvents } from '../helpers/debate-events.ts';

const debateOf = (options: DebateEventsOptions) => fold(debateEvents(options)) as Debate;

test('debates of different length are compared after the last round that both have', () => {
  const [long, short] = [debateOf({ rounds: 3 }), debateOf({ rounds: 3, failedReadings: [3] })];
  const { round, lastRead, convergence, positions } = differenceOf(long, short);
  expect(round).toBe(2);
  expect(lastRead).toEqual({ one: 3, other: 2 });
  expect(convergence.one).toBe(long.verdicts[1]?.convergence?.principals);
  expect(convergence.other).toBe(convergence.one);
  expect(positions).toEqual([]);
});

test('nothing is compared where no round was read in both', () => {
  const [one, other] = [debateOf({ rounds: 1 }), debateOf({ rounds: 1, failedReadings: [1] })];
  expect(differenceOf(one, other)).toMatchObject({
    round: null,
    lastRead: { one: 1, other: null },
    convergence: { one: null, other: null },
    positions: [],
  });
});

test('what was set up otherwise is named', () => {
  const one = debateOf({ rounds: 1 });
  const other = debateOf({ rounds: 1, model: 'openai:x', settings: { rounds: 1, temperature: 0.5 } });
  const { changed } = differenceOf(one, other);
  expect(changed).toContain('model of judge: simulator and openai:x');
  expect(changed).toContain('temperature: null and 0.5');
  expect(changed.some((each) => each.startsWith('strategy'))).toBe(false);
  expect(differenceOf(one, one).changed).toEqual([]);
});
