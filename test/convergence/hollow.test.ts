import { expect, test } from 'vitest';
import { hollowness } from '../../src/convergence/hollow.ts';
import type { Move } from '../../src/debate/verdict.ts';
import { stand } from './made-up-readings.ts';

const history = { startOf: (speaker: string) => (speaker === 'north' ? 1 : 5) };
const apart = [
  stand('north', 'a', 1, { act: 'rhetoric', turn: 6 }),
  stand('south', 'a', 5, { act: 'rhetoric', turn: 7 }),
];
const claim = (speaker: string, turn: number) => ({ speaker, quote: 'We are of one mind.', turn });
const both = [claim('north', 6), claim('south', 7)];
const move = (more: Partial<Move>): Move => ({
  ...{ speaker: 'north', issue: 'a', kind: 'concession', isTowards: true, from: 1, fromTurn: 2, to: 2 },
  ...{ turn: 6, quote: 'Two, then.', why: null },
  ...more,
});
const check = (more: Partial<Parameters<typeof hollowness>[0]> = {}) =>
  hollowness({
    agreements: both,
    change: 0,
    cells: apart,
    moves: [],
    history,
    principals: ['north', 'south'],
    firstTurnOfRound: 6,
    ...more,
  });

test('claims of agreement with no movement and no commitment are hollow, and the turns that claim it are named', () => {
  const { isHollow, why } = check();
  expect(isHollow).toBe(true);
  expect(why).toContain('[T6] [T7]');
});

test('claims of agreement with no readable positions at all are hollow', () => {
  expect(check({ cells: [], change: null }).isHollow).toBe(true);
});

test('one principal alone agrees with nobody', () => {
  expect(check({ agreements: [claim('north', 6)] }).isHollow).toBe(false);
});

test('a judge that was not asked for claims of agreement leaves hollowness unknown', () => {
  expect(check({ agreements: null })).toEqual({
    isHollow: false,
    why: 'This judge does not read claims of agreement, so hollowness is unknown.',
  });
});

test('a rise of C by 0.03 is substance', () => {
  expect(check({ change: 0.03 }).isHollow).toBe(false);
  expect(check({ change: 0.029 }).isHollow).toBe(true);
});

test('a move towards the other in this round is substance, a hardening is not', () => {
  expect(check({ moves: [move({})] }).isHollow).toBe(false);
  expect(check({ moves: [move({ isTowards: false, kind: 'hardening' })] }).isHollow).toBe(true);
});

test("an observer's move is none of the principals'", () => {
  expect(check({ moves: [move({ speaker: 'observer' })] }).isHollow).toBe(true);
});

test('a commitment a point nearer to the other than its own first stand is substance', () => {
  const cells = [stand('north', 'a', 2, { act: 'conditional', turn: 6 }), apart[1]!];
  expect(check({ cells })).toEqual({
    isHollow: false,
    why: 'north is on record with a commitment on a [T6].',
  });
});

test('a commitment that hardens its own first stand is none', () => {
  const cells = [stand('north', 'a', 0, { act: 'commit', turn: 6 }), apart[1]!];
  expect(check({ cells }).isHollow).toBe(true);
});

test('a commitment of an earlier round does not bear out the claims of this one', () => {
  const cells = [stand('north', 'a', 2, { act: 'commit', turn: 3 }), apart[1]!];
  expect(check({ cells }).isHollow).toBe(true);
});

test('binding itself to something definite beside the agenda is substance', () => {
  expect(check({ pledges: [claim('north', 6)] })).toEqual({
    isHollow: false,
    why: 'north bound itself to something definite [T6].',
  });
});

test('committing to what was wanted from the start agrees to nothing', () => {
  const cells = [stand('north', 'a', 1, { act: 'commit', turn: 6 }), apart[1]!];
  expect(check({ cells }).isHollow).toBe(true);
});

test('a commitment that the other principal shares is substance, whichever moved', () => {
  const cells = [
    stand('north', 'a', 1, { act: 'commit', turn: 6 }),
    stand('south', 'a', 2, { act: 'rhetoric', turn: 7 }),
  ];
  expect(check({ cells }).isHollow).toBe(false);
});

test("an observer's commitment does not bind the principals", () => {
  const cells = [...apart, stand('observer', 'a', 3, { act: 'commit', turn: 8 })];
  expect(check({ cells }).isHollow).toBe(true);
});

test.each([
  [null, 'nobody moved'],
  [0, 'C has not moved'],
  [0.004, 'C has not moved'],
  [-0.004, 'C has not moved'],
  [0.006, 'C did not rise (+0.01)'],
  [-0.02, 'C did not rise (-0.02)'],
])('a change of C by %s is put into words: %s', (change, words) => {
  expect(check({ change }).why).toBe(
    `The principals claim agreement [T6] [T7], but ${words} and nobody is quoted with a commitment that another could take.`,
  );
});

test('what makes an agreement more than hollow is named', () => {
  expect(check({ change: 0.0312 }).why).toBe('C rose by 0.03 since the last reading.');
  expect(check({ moves: [move({})] }).why).toBe('north moved towards another principal on a [T6].');
  expect(check({ agreements: [claim('north', 6), claim('north', 6)] })).toEqual({
    isHollow: false,
    why: 'Fewer than two principals claim agreement in this round.',
  });
});

test('where a single principal counts, its claim alone can be hollow', () => {
  expect(check({ agreements: [claim('north', 6)], principals: ['north'] }).isHollow).toBe(true);
});

test('a move of an earlier round is no substance of this one', () => {
  expect(check({ moves: [move({ turn: 5 })] }).isHollow).toBe(true);
});

const bound = (north: number, south: number, start: number | null) =>
  check({
    cells: [stand('north', 'a', north, { act: 'commit', turn: 6 }), stand('south', 'a', south, { turn: 3 })],
    history: { startOf: () => start },
  }).isHollow;

test.each([
  ['within a point of the other', 4, 5, 4, false],
  ['more than a point away, no nearer than at the start', 3.5, 5, 3.5, true],
  ['half a point nearer, a point and a half away', 3.5, 5, 3, true],
  ['a point nearer, though still far away', 2, 5, 1, false],
  ['a point further away', 1, 5, 2, true],
  ['far away, with no start known', 2, 5, null, true],
  ['near, with no start known', 4.5, 5, null, false],
  ['nearer from the other side of the scale', 5, 1, 6, false],
] as const)('a commitment %s', (_, north, south, start, isHollow) => {
  expect(bound(north, south, start)).toBe(isHollow);
});

test('a commitment on an issue that the other has not spoken on is one that nobody could take', () => {
  const cells = [stand('north', 'b', 4.5, { act: 'commit', turn: 6 }), apart[1]!];
  expect(check({ cells }).isHollow).toBe(true);
});

test('nearness to itself, or to an observer, is no agreement', () => {
  const cells = [
    stand('north', 'a', 1, { act: 'commit', turn: 6 }),
    stand('observer', 'a', 1, { turn: 8 }),
    apart[1]!,
  ];
  expect(check({ cells }).isHollow).toBe(true);
});

test('words that only talk do not bind, however near', () => {
  const cells = [
    stand('north', 'a', 5, { act: 'propose', turn: 6 }),
    stand('south', 'a', 5, { act: 'rhetoric', turn: 7 }),
  ];
  expect(check({ cells }).isHollow).toBe(true);
});
