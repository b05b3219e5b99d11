import { expect, test } from 'vitest';
import { judgeQuality } from '../../src/convergence/judge-quality.ts';
import { unvalidatedError } from '../../src/convergence/reader-error.ts';
import { agendaOf, reading, sample } from './made-up-readings.ts';

const seen = (number: number, first: 'north' | 'south', reversed: boolean, north: number, south: number) =>
  sample(number, [reading('north', 'a', north), reading('south', 'a', south)], {
    speakerOrder: first === 'north' ? ['north', 'south'] : ['south', 'north'],
    reversed,
  });
const quality = (samples: Parameters<typeof judgeQuality>[2]) =>
  judgeQuality(agendaOf(1), ['north', 'south'], samples, unvalidatedError);

test('spread is the mean interquartile range of the cells', () => {
  // north 1, 2: range 0.5; south 4, 5: 0.5
  expect(quality([seen(0, 'north', false, 1, 4), seen(1, 'north', false, 2, 5)]).spread).toBe(0.5);
});

test('order gap is the difference between being shown first and second', () => {
  // north first 1, second 2: 1; south second 4, first 4.5: 0.5; mean 0.75
  expect(quality([seen(0, 'north', false, 1, 4), seen(1, 'south', false, 2, 4.5)]).orderGap).toBe(0.75);
});

test('reversal gap is the difference between upright and reversed', () => {
  // north upright 1 and 2 (mean 1.5), reversed 2: 0.5; south upright 4 and 4, reversed 5: 1; mean 0.75
  const samples = [
    seen(0, 'north', false, 1, 4),
    seen(1, 'north', true, 2, 5),
    seen(2, 'north', false, 2, 4),
  ];
  expect(quality(samples).reversalGap).toBe(0.75);
});

test('one sample gives neither spread nor gaps', () => {
  expect(quality([seen(0, 'north', false, 1, 4)])).toEqual({
    samples: 1,
    failed: 0,
    spread: null,
    orderGap: null,
    reversalGap: null,
    judges: 1,
    votes: 1,
    error: { points: 0.16, basis: 'default', transcripts: 0, labels: 0, noise: 0.5 },
  });
});

test('failed samples are counted', () => {
  expect(quality([seen(0, 'north', false, 1, 4), sample(1, [], { outcome: 'failed' })])).toMatchObject({
    samples: 2,
    failed: 1,
  });
});
