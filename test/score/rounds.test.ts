import { expect, test } from 'vitest';
import { roundsOf } from '../../src/score/transcripts.ts';

const turns = (names: string, rounds: (number | null)[] = []) =>
  [...names].map((speaker, place) => ({ speaker, text: 'x', line: place + 1, round: rounds[place] ?? null }));

test.each([
  ['ABAB', [1, 1, 2, 2]],
  ['ABCACB', [1, 1, 1, 2, 2, 2]],
  ['AABB', [1, 1, 1, 1]],
  ['ABBA', [1, 1, 1, 2]],
  ['ABACAD', [1, 1, 2, 2, 3, 3]],
])('%s: a new round begins when somebody speaks again after others have', (names, rounds) => {
  expect(roundsOf(turns(names), null)).toEqual({ rounds, rule: 'passes' });
});

test('rounds that every turn names are taken, without their gaps', () => {
  expect(roundsOf(turns('ABAB', [2, 2, 5, 5]), null)).toEqual({ rounds: [1, 1, 2, 2], rule: 'numbered' });
});

test('rounds that some turns lack, or that go back, are not trusted', () => {
  expect(roundsOf(turns('ABAB', [1, 1, 2, null]), null).rule).toBe('passes');
  expect(roundsOf(turns('ABAB', [2, 2, 1, 1]), null).rule).toBe('passes');
});

test('so many turns a round, or all in one, where that is asked for', () => {
  expect(roundsOf(turns('ABABA', [1, 1, 2, 2, 3]), 2).rounds).toEqual([1, 1, 2, 2, 3]);
  expect(roundsOf(turns('ABABA'), 3).rounds).toEqual([1, 1, 1, 2, 2]);
  expect(roundsOf(turns('ABABA'), 'all')).toEqual({ rounds: [1, 1, 1, 1, 1], rule: 'all' });
});
