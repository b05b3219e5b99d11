import { expect, test } from 'vitest';
import { concreteOverlap, countPhrases, cuesOf, quoteMatchRate } from '../../src/convergence/cues.ts';
import type { RejectedReading } from '../../src/debate/readings.ts';
import { reading, sample } from './made-up-readings.ts';

const rejected = (reason: RejectedReading['reason']): RejectedReading => ({
  speaker: 'north',
  issue: 'a',
  quote: 'x',
  reason,
});

test.each([
  ['We agree, and we can live with that.', 2, 0],
  ['We cannot agree to that.', 0, 1],
  ['We can’t accept this; it is unacceptable.', 0, 2],
  ['I fully accept your proposal. Thank you.', 2, 0],
  ['We reject it. That is out of the question.', 0, 2],
  ['The bridge has four lanes.', 0, 0],
])('"%s" has %i agreeing and %i refusing phrases', (text, agreeing, refusing) => {
  expect(countPhrases(text)).toEqual({ agreeing, refusing });
});

test('the agree ratio counts the principals only', () => {
  const { agreeRatio } = cuesOf({
    speeches: [
      { speaker: 'north', text: 'We agree. We agree.' },
      { speaker: 'south', text: 'We reject that.' },
      { speaker: 'observer', text: 'I refuse. I refuse. I refuse.' },
    ],
    principals: ['north', 'south'],
    samples: [],
    termsOf: () => [],
    repetition: null,
  });
  // 2 of 3
  expect(agreeRatio).toBeCloseTo(2 / 3, 12);
});

test('a round without any such phrase has no ratio', () => {
  const speeches = [{ speaker: 'north', text: 'Four lanes.' }];
  const cues = cuesOf({ speeches, principals: ['north'], samples: [], termsOf: () => [], repetition: 0.2 });
  expect(cues).toEqual({ agreeRatio: null, concreteOverlap: null, quoteMatchRate: null, repetition: 0.2 });
});

test('overlap is the terms of both over the terms of either', () => {
  const speeches = [
    { speaker: 'north', text: '2019 Yongbyon' },
    { speaker: 'north', text: 'Geneva' },
    { speaker: 'south', text: 'Geneva 2019 Hanoi' },
  ];
  // both: 2019, Geneva; either: 2019, Yongbyon, Geneva, Hanoi
  expect(concreteOverlap(speeches, ['north', 'south'], (text) => text.split(/\s+/))).toBe(0.5);
});

test('two principals who use no concrete terms overlap in nothing that can be measured', () => {
  expect(concreteOverlap([], ['north', 'south'], () => [])).toBeNull();
});

test('the quote-match rate is of quotes: duplicates were found, wrong scales say nothing', () => {
  const samples = [
    sample(0, [reading('north', 'a', 1), reading('south', 'a', 1)], {
      rejected: [rejected('duplicate'), rejected('quote-not-found'), rejected('out-of-scale')],
    }),
  ];
  // found 2 + 1, missed 1
  expect(quoteMatchRate(samples)).toBe(0.75);
});
