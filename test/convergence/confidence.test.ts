import { expect, test } from 'vitest';
import { changeBorneOut, confidenceOf } from '../../src/convergence/confidence.ts';
import type { Act } from '../../src/debate/readings.ts';
import type { Convergence, Move } from '../../src/debate/verdict.ts';
import { agendaOf, stand } from './made-up-readings.ts';

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
  expect(reasons).toEqual([expect.stringContaining('C rose by 0.15 while what code sees')]);
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

test.each<[string, Parameters<typeof confidenceOf>[0], string[]]>([
  [
    'a single sample of a judge that was never validated',
    { ...at(0.5), judge: { ...judge, samples: 1 } },
    ['Only one sample of the judge was read; its noise is taken by default.'],
  ],
  [
    'the one sample left of three',
    { ...at(0.5), judge: { ...judge, failed: 2 } },
    ['Only one sample of the judge was read; its noise is taken by default.'],
  ],
  [
    'a single sample of a validated judge',
    { ...at(0.5), judge: { ...judge, samples: 1 }, isNoiseKnown: true },
    ['Only one sample of the judge was read; its noise is taken from its validation.'],
  ],
  ['a failed sample of three', { ...at(0.5), judge: { ...judge, failed: 1 } }, []],
  [
    'half of four samples failed',
    { ...at(0.5), judge: { ...judge, samples: 4, failed: 2 } },
    ['2 of 4 samples of the judge failed.'],
  ],
  ['seven quotes in ten', at(0.5, { quoteMatchRate: 0.7 }), []],
  [
    'fewer than seven quotes in ten',
    at(0.5, { quoteMatchRate: 0.69 }),
    ["Only 69% of the judge's quotes were found in the speakers' turns."],
  ],
  ['no quotes to look for', at(0.5, { quoteMatchRate: null as never }), []],
  ['a gap of exactly a quarter of the scale', { ...at(0.5), judge: { ...judge, orderGap: 1.5 } }, []],
  ['gaps that nobody measured', { ...at(0.5), judge: { ...judge, orderGap: null, reversalGap: null } }, []],
])('of %s nothing more is said than holds', (_, present, reasons) => {
  expect(confidenceOf(present, null)).toEqual({ level: reasons.length > 0 ? 'low' : 'usual', reasons });
});

test.each([
  ['the agree ratio, which knows English phrases alone', { agreeRatio: 1 }, 'low'],
  ['the overlap of concrete terms by 0.05 downwards', { concreteOverlap: 0.25 }, 'usual'],
  ['the overlap of concrete terms by 0.04', { concreteOverlap: 0.34 }, 'low'],
  ['repetition by 0.09', { repetition: 0.19 }, 'low'],
] as const)('a jump with a cue that moves: %s', (_, more, level) => {
  expect(confidenceOf(at(0.7, more), at(0.5)).level).toBe(level);
});

test('a change by less than 0.15 is no jump, and none can be told from a reading without a number', () => {
  expect(confidenceOf(at(0.64), at(0.5)).level).toBe('usual');
  expect(confidenceOf(at(0.36), at(0.5)).level).toBe('usual');
  expect(confidenceOf(at(0.35), at(0.5)).level).toBe('low');
  expect(confidenceOf(at(null), at(0.5)).level).toBe('usual');
  expect(confidenceOf(at(0.9), at(null)).level).toBe('usual');
});

test('a cue that was unknown before has not moved, whatever it is now', () => {
  const blind = { principals: 0.5, judge, cues: { ...cues, agreeRatio: null } };
  expect(confidenceOf(at(0.7), blind).level).toBe('low');
  expect(confidenceOf({ ...blind, principals: 0.7 }, at(0.5)).level).toBe('low');
});

const move = (speaker: string, issue: string, why: string | null): Move => ({
  ...{
    speaker,
    issue,
    why,
    kind: 'drift',
    isTowards: true,
    from: 1,
    fromTurn: 1,
    to: 2,
    turn: 4,
    quote: 'q',
  },
});
const borneOut = (changes: Move[], acts: Act[] = []) =>
  changeBorneOut(
    agendaOf(0.6, 0.4),
    new Map([
      ['a', 0.75],
      ['b', 0.25],
    ]),
    {
      byIssue: [
        { issue: 'a', principals: 0.5 },
        { issue: 'b', principals: 0.5 },
      ],
    } as Convergence,
    changes,
    acts.map((act) => stand('north', 'a', 2, { act })),
    ['north', 'south'],
  );

test('of the change of C that part is borne out which lies on issues where a principal moved with a reason', () => {
  // a: 0.6 * (0.75 - 0.5) = 0.15; b: 0.4 * (0.25 - 0.5) = -0.1
  expect(borneOut([move('north', 'a', 'So.')])).toBeCloseTo(0.15, 12);
  expect(borneOut([move('south', 'b', 'So.')])).toBeCloseTo(-0.1, 12);
  expect(borneOut([move('north', 'a', 'So.'), move('south', 'b', 'So.')])).toBeCloseTo(0.05, 12);
  expect(borneOut([move('north', 'a', null)])).toBe(0);
  expect(borneOut([move('observer', 'a', 'So.')])).toBe(0);
  expect(borneOut([])).toBe(0);
});

test('without a reason a move is borne out by the speaker who binds itself on that very issue', () => {
  expect(borneOut([move('north', 'a', null)], ['commit'])).toBeCloseTo(0.15, 12);
  expect(borneOut([move('north', 'a', null)], ['conditional'])).toBeCloseTo(0.15, 12);
  expect(borneOut([move('north', 'a', null)], ['propose'])).toBe(0);
  expect(borneOut([move('south', 'a', null)], ['commit'])).toBe(0);
  expect(borneOut([move('north', 'b', null)], ['commit'])).toBe(0);
});

test('an issue that was unread before bears out no change', () => {
  const agenda = agendaOf(1);
  const cells = [stand('north', 'a', 2)];
  const changes = [move('north', 'a', 'So.')];
  expect(changeBorneOut(agenda, new Map([['a', 0.9]]), null, changes, cells, ['north', 'south'])).toBe(0);
});
