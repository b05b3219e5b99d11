import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../src/convergence/cells.ts';
import type { JudgeSample } from '../../src/debate/readings.ts';
import { cellSchema } from '../../src/debate/verdict.ts';
import { agendaOf, reading, sample } from './made-up-readings.ts';

const agenda = agendaOf(1);
const cellOf = (samples: JudgeSample[]) => cellsOf(agenda, ['north'], samples)[0]!;
const positions = (...values: number[]) =>
  values.map((position, number) => sample(number, [reading('north', 'a', position)]));

test('the position is the median; mean, variance and spread stand beside it', () => {
  // 1, 2, 4, 5: median 3; mean 3; squares 4 + 1 + 1 + 4 = 10, / 3 = 3.33; quartiles 1.75 and 4.25 are 2.5 apart: too far
  // 1, 2, 3, 4: median 2.5; mean 2.5; squares 2.25 + 0.25 + 0.25 + 2.25 = 5, / 3; quartiles 1.75 and 3.25
  expect(cellOf(positions(1, 2, 3, 4))).toMatchObject({
    stand: 'position',
    position: 2.5,
    mean: 2.5,
    variance: 5 / 3,
    spread: 1.5,
    samples: 4,
  });
});

test('samples whose quartiles lie more than two points apart abstain', () => {
  expect(cellOf(positions(1, 2, 4, 5))).toMatchObject({ stand: 'abstain', reason: 'samples-disagree' });
});

test('quartiles exactly two points apart still count', () => {
  // 1, 3, 5: quartiles 2 and 4
  expect(cellOf(positions(1, 3, 5))).toMatchObject({ stand: 'position', position: 3, spread: 2 });
});

test('one sample in three is too few quotes', () => {
  const samples = [sample(0, [reading('north', 'a', 1)]), sample(1, []), sample(2, [])];
  expect(cellOf(samples)).toMatchObject({ stand: 'abstain', reason: 'too-few-quotes' });
});

test('half of the samples are enough', () => {
  expect(cellOf([sample(0, [reading('north', 'a', 1)]), sample(1, [])])).toMatchObject({
    position: 1,
    samples: 1,
  });
});

test('failed samples count as samples without a quote', () => {
  const samples = [
    ...positions(1),
    sample(1, [], { outcome: 'failed' }),
    sample(2, [], { outcome: 'failed' }),
  ];
  expect(cellOf(samples)).toMatchObject({ reason: 'too-few-quotes' });
});

test('a cell that nobody read has no evidence', () => {
  expect(cellOf([sample(0, []), sample(1, [])])).toMatchObject({ reason: 'no-evidence' });
});

test('a cell whose quotes were all rejected has too few quotes', () => {
  const rejected = [{ speaker: 'north', issue: 'a', quote: 'x', reason: 'quote-not-found' as const }];
  expect(cellOf([sample(0, [], { rejected })])).toMatchObject({ reason: 'too-few-quotes' });
});

test('the quote is that of the reading nearest the median', () => {
  const samples = [1, 2, 3].map((position, number) =>
    sample(number, [reading('north', 'a', position, { quote: `says ${position}`, turn: 9 - position })]),
  );
  expect(cellOf(samples)).toMatchObject({ position: 2, quote: 'says 2', turn: 7 });
});

test('of readings equally near the latest turn speaks', () => {
  const samples = [4, 9, 6].map((turn, number) =>
    sample(number, [reading('north', 'a', 2, { quote: `in turn ${turn}`, turn })]),
  );
  expect(cellOf(samples)).toMatchObject({ quote: 'in turn 9', turn: 9 });
});

test('the order of the samples changes nothing', () => {
  const made = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(made, fc.infiniteStream(fc.nat()), (values, keys) => {
      const samples = values.map(([half, turn], number) =>
        sample(number, [reading('north', 'a', half / 2, { turn, quote: `${half} ${turn}` })]),
      );
      const moved = samples.map((one) => ({ one, key: keys.next().value })).sort((x, y) => x.key - y.key);
      expect(cellOf(moved.map(({ one }) => one))).toEqual(cellOf(samples));
    }),
  );
});

test('a cell always fits the schema of the journal', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { maxLength: 11 }), (values) => {
      cellSchema.parse(cellOf(positions(...values)));
    }),
  );
});

test('of readings equally near, in one turn, the lower position speaks, then the first words and the first act', () => {
  const said = (...readings: Parameters<typeof reading>[3][]) =>
    readings.map((more, number) => sample(number, [reading('north', 'a', 2, { turn: 4, ...more })]));
  expect(
    cellOf([1, 3].map((at, number) => sample(number, [reading('north', 'a', at, { quote: `${4 - at}` })]))),
  ).toMatchObject({
    position: 2,
    quote: '3',
  });
  for (const quotes of [
    ['one', 'two'],
    ['two', 'one'],
  ]) {
    expect(cellOf(said({ quote: quotes[0]! }, { quote: quotes[1]! }))).toMatchObject({ quote: 'one' });
  }
  for (const acts of [['commit', 'propose'] as const, ['propose', 'commit'] as const]) {
    expect(cellOf(said({ act: acts[0] }, { act: acts[1] }))).toMatchObject({ act: 'commit' });
  }
});

const reasons = (...whys: (string | null | undefined)[]) => {
  const cell = cellOf(
    whys.map((why, number) => sample(number, [reading('north', 'a', 2, why === undefined ? {} : { why })])),
  );
  return cell.stand === 'position' ? cell.why : null;
};

test('a reason is kept where half of those asked give one', () => {
  expect(reasons('So.', null)).toBe('So.');
  expect(reasons('So.', null, null)).toBeNull();
  expect(reasons('So.', undefined, undefined)).toBe('So.');
  expect(reasons(null, null)).toBeNull();
  expect(reasons(undefined, undefined)).toBeUndefined();
});

test('of several reasons the one given most often is kept, of equals the first in the alphabet', () => {
  expect(reasons('Alas.', 'So.', 'So.')).toBe('So.');
  expect(reasons('So.', 'So.', 'Alas.')).toBe('So.');
  expect(reasons('So.', 'Alas.')).toBe('Alas.');
  expect(reasons('Alas.', 'So.')).toBe('Alas.');
});

test('the reason is taken from the turn that is quoted, and a sample speaks once', () => {
  const two = [
    sample(0, [reading('north', 'a', 2, { turn: 9, why: 'Now.' }), reading('north', 'a', 6, { turn: 9 })]),
    sample(1, [reading('north', 'a', 2, { turn: 4, why: 'Then.' })]),
    sample(2, [reading('north', 'a', 2, { turn: 4, why: 'Then.' })]),
  ];
  expect(cellOf(two)).toMatchObject({ turn: 9, why: 'Now.', position: 2, samples: 3, variance: 0 });
});

test('what was rejected on another issue or of another speaker is no evidence here', () => {
  const rejected = (speaker: string, issue: string) => [
    { speaker, issue, quote: 'x', reason: 'quote-not-found' as const },
  ];
  expect(cellOf([sample(0, [], { rejected: rejected('south', 'a') })])).toMatchObject({
    reason: 'no-evidence',
  });
  expect(cellOf([sample(0, [], { rejected: rejected('north', 'b') })])).toMatchObject({
    reason: 'no-evidence',
  });
  expect(cellOf([sample(0, []), sample(1, [], { rejected: rejected('north', 'a') })])).toMatchObject({
    reason: 'too-few-quotes',
  });
});
