import { expect, test } from 'vitest';
import { confidenceOf } from '../../src/convergence/confidence.ts';

const cues = { quoteMatchRate: 1, agreeRatio: 0.5, concreteOverlap: 0.3, repetition: 0.1 };
const judge = { samples: 3, failed: 0, spread: 0.5, orderGap: 0.3, reversalGap: 0.4 };
const at = (principals: number | null, more: Partial<typeof cues> = {}) => ({
  principals,
  judge,
  cues: { ...cues, ...more },
});

test('a steady reading has the usual confidence', () => {
  expect(confidenceOf(at(0.5), at(0.45))).toEqual({ level: 'usual', reasons: [] });
});

test('a jump of C while no cue moves is not to be trusted', () => {
  const { level, reasons } = confidenceOf(at(0.65), at(0.5));
  expect(level).toBe('low');
  expect(reasons).toEqual([expect.stringContaining('C rose by 0.15 while the wording cues')]);
});

test.each([
  ['half of a rise', 0.7, 0.1, 'usual'],
  ['less than half of it', 0.7, 0.09, 'low'],
  ['half of a fall', 0.3, -0.1, 'usual'],
  ['as much the other way', 0.7, -0.2, 'low'],
] as const)('a jump is borne out by what is quoted: %s', (_, principals, borneOut, level) => {
  expect(confidenceOf({ ...at(principals), borneOut }, at(0.5)).level).toBe(level);
});

test('a fall counts as a jump too', () => {
  expect(confidenceOf(at(0.3), at(0.5)).reasons[0]).toContain('C fell by 0.20');
});

test.each([
  ['the agree ratio by 0.1', { agreeRatio: 0.6 }],
  ['the overlap of concrete terms by 0.05', { concreteOverlap: 0.35 }],
  ['repetition by 0.1', { repetition: 0.2 }],
])('a jump is borne out where a cue moves: %s', (_, more) => {
  expect(confidenceOf(at(0.7, more), at(0.5)).level).toBe('usual');
});

test('a cue that is unknown has not moved', () => {
  const none = { agreeRatio: null, concreteOverlap: null, repetition: null };
  const blind = { principals: 0.7, judge, cues: { ...cues, ...none } };
  expect(confidenceOf(blind, at(0.5)).level).toBe('low');
});

test('the first reading cannot have jumped', () => {
  expect(confidenceOf(at(0.9), null).level).toBe('usual');
});

test.each([
  ['a single sample', { ...judge, samples: 1 }, 'Only one sample'],
  ['half of the samples failed', { ...judge, samples: 4, failed: 2 }, '2 of 4 samples'],
  ['the reversed scale is read otherwise', { ...judge, reversalGap: 1.6 }, '1.6 points on reading the scale'],
  ['the order of speakers decides', { ...judge, orderGap: 2 }, '2.0 points on showing the speakers'],
])('%s lowers the confidence and says so', (_, quality, words) => {
  const { level, reasons } = confidenceOf({ ...at(0.5), judge: quality }, null);
  expect(level).toBe('low');
  expect(reasons[0]).toContain(words);
});

test('quotes that are mostly made up lower the confidence', () => {
  expect(confidenceOf(at(0.5, { quoteMatchRate: 0.5 }), null).reasons).toEqual([
    "Only 50% of the judge's quotes were found in the speakers' turns.",
  ]);
});
