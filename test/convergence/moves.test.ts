import { expect, test } from 'vitest';
import { historyOf } from '../../src/convergence/history.ts';
import { movesOf, retractionsOf } from '../../src/convergence/moves.ts';
import type { PositionCell } from '../../src/debate/verdict.ts';
import { member, stand } from './made-up-readings.ts';

const cast = [
  member('north', { opening: { a: 0 } }),
  member('south', { opening: { a: 6 } }),
  member('observer', { principal: false }),
];
const principals = ['north', 'south'];

/** What was read of the north round by round, while the south stands at 5. */
function movesBy(
  reads: { position: number; turn: number; why?: string | null; act?: PositionCell['act'] }[],
) {
  const rounds = reads.map((read, place) => ({
    round: place + 1,
    cells: [stand('north', 'a', read.position, read), stand('south', 'a', 5, { turn: 2 })],
    convergence: null,
  }));
  const cells = rounds.at(-1)!.cells;
  const moves = movesOf(cells, historyOf(cast, rounds.slice(0, -1)), principals);
  return { moves, retractions: retractionsOf(moves, cells) };
}

test('a first stand is no move, whatever the persona declared', () => {
  expect(movesBy([{ position: 3, turn: 1, why: 'Because.' }]).moves).toEqual([]);
});

test('a change towards the other with a quoted reason is a concession from the stand spoken before', () => {
  expect(
    movesBy([
      { position: 1, turn: 1, why: null },
      { position: 3, turn: 4, why: 'The bills went out over my signature.' },
    ]).moves,
  ).toEqual([
    {
      ...{ speaker: 'north', issue: 'a', kind: 'concession', isTowards: true, from: 1, fromTurn: 1, to: 3 },
      ...{ turn: 4, quote: 'north on a', why: 'The bills went out over my signature.' },
    },
  ]);
});

test('a change away from every counterpart with a quoted reason is a hardening', () => {
  const { moves } = movesBy([
    { position: 3, turn: 1, why: null },
    { position: 1, turn: 4, why: 'You broke your word.' },
  ]);
  expect(moves).toMatchObject([{ kind: 'hardening', isTowards: false }]);
});

test('a change for which the judge found no reason is drift', () => {
  const reads = [
    { position: 1, turn: 1, why: null },
    { position: 3, turn: 4, why: null },
  ];
  expect(movesBy(reads).moves).toMatchObject([{ kind: 'drift', isTowards: true, why: null }]);
});

test('a judge that was not asked for reasons leaves a change unexplained', () => {
  const reads = [
    { position: 1, turn: 1 },
    { position: 3, turn: 4 },
  ];
  expect(movesBy(reads).moves).toMatchObject([{ kind: 'unexplained', why: null }]);
});

test('the same turn read anew moves nobody, and neither does an earlier one', () => {
  expect(
    movesBy([
      { position: 1, turn: 4 },
      { position: 3, turn: 4 },
    ]).moves,
  ).toEqual([]);
  expect(
    movesBy([
      { position: 1, turn: 4 },
      { position: 3, turn: 1 },
    ]).moves,
  ).toEqual([]);
});

test('half a point is within the noise of reading, unless a reason is quoted for it', () => {
  const from = { position: 1, turn: 1, why: null };
  expect(movesBy([from, { position: 1.5, turn: 4, why: null }]).moves).toEqual([]);
  expect(movesBy([from, { position: 1.5, turn: 4, why: 'The tolls work.' }]).moves).toMatchObject([
    { kind: 'concession', from: 1, to: 1.5 },
  ]);
});

test('small steps add up to a move, which is reported once', () => {
  const steps = [
    { position: 1, turn: 1, why: null },
    { position: 1.5, turn: 4, why: null },
    { position: 2, turn: 7, why: null },
  ];
  expect(movesBy(steps).moves).toMatchObject([{ kind: 'drift', from: 1, to: 2, turn: 7 }]);
  expect(movesBy([...steps, { position: 2, turn: 10, why: null }]).moves).toEqual([]);
});

test('an observer that comes nearer to one principal concedes, though it leaves the other', () => {
  const read = (position: number, turn: number, why: string | null) => [
    stand('observer', 'a', position, { turn, why }),
    stand('north', 'a', 1, { turn: 1 }),
    stand('south', 'a', 5, { turn: 2 }),
  ];
  const history = historyOf(cast, [{ round: 1, cells: read(3, 3, null), convergence: null }]);
  expect(movesOf(read(5, 6, 'The survey is clear.'), history, principals)).toMatchObject([
    { speaker: 'observer', kind: 'concession' },
  ]);
});

test('where no counterpart has spoken yet, nothing says which way a change went', () => {
  const alone = (position: number, turn: number) => [stand('north', 'a', position, { turn, why: 'So.' })];
  const history = historyOf(cast, [{ round: 1, cells: alone(1, 1), convergence: null }]);
  expect(movesOf(alone(3, 4), history, principals)).toMatchObject([
    { kind: 'unexplained', isTowards: false },
  ]);
});

test('going back a whole point from a spoken stand is a retraction', () => {
  const reads = [
    { position: 3, turn: 1 },
    { position: 2, turn: 4 },
  ];
  expect(movesBy(reads).retractions).toEqual([{ speaker: 'north', issue: 'a', from: 3, to: 2, turn: 4 }]);
});

test('coming nearer is no retraction, whatever act was read', () => {
  const reads = [
    { position: 1, turn: 1 },
    { position: 3, turn: 4, act: 'retract' as const },
  ];
  expect(movesBy(reads).retractions).toEqual([]);
});

test('nothing is taken back in a first reading, and nothing by standing still', () => {
  expect(movesBy([{ position: 1, turn: 1, act: 'retract' }]).retractions).toEqual([]);
  expect(
    movesBy([
      { position: 3, turn: 1 },
      { position: 3, turn: 4, act: 'retract' },
    ]).retractions,
  ).toEqual([]);
});

test('a turn read again is a new start, from which moves are counted', () => {
  const reads = [
    { position: 1, turn: 4, why: null },
    { position: 3, turn: 4, why: null },
    { position: 3.5, turn: 7, why: null },
  ];
  expect(movesBy(reads).moves).toEqual([]);
  expect(movesBy([...reads.slice(0, 2), { position: 4, turn: 7, why: null }]).moves).toMatchObject([
    { from: 3, fromTurn: 4, to: 4 },
  ]);
});

test('a reason given on the way counts for the move that small steps add up to, until the speaker is back', () => {
  // Read in quarters, as by the median of an even number of samples.
  const steps = [
    { position: 1, turn: 1, why: null },
    { position: 1.25, turn: 4, why: 'The tolls work.' },
    { position: 1.5, turn: 7, why: null },
  ];
  expect(movesBy(steps).moves).toMatchObject([
    { kind: 'concession', from: 1, to: 1.5, why: 'The tolls work.' },
  ]);
  const back = [
    ...steps.slice(0, 2),
    { position: 1, turn: 7, why: null },
    { position: 1.5, turn: 9, why: null },
  ];
  expect(movesBy(back).moves).toEqual([]);
});

test('the reason of one move is not that of the next', () => {
  const reads = [
    { position: 1, turn: 1, why: null },
    { position: 2, turn: 4, why: 'The tolls work.' },
    { position: 2.5, turn: 7, why: null },
  ];
  expect(movesBy(reads).moves).toEqual([]);
  expect(movesBy([...reads.slice(0, 2), { position: 3, turn: 7, why: null }]).moves).toMatchObject([
    { kind: 'drift', from: 2, to: 3, why: null },
  ]);
});

test('the way of a move is told from where the other stood when the words were spoken', () => {
  const before = [stand('north', 'a', 3, { turn: 1, why: null }), stand('south', 'a', 5, { turn: 2 })];
  const history = historyOf(cast, [{ round: 1, cells: before, convergence: null }]);
  const moved = (southTurn: number) =>
    movesOf(
      [stand('north', 'a', 4, { turn: 4, why: 'So.' }), stand('south', 'a', 1, { turn: southTurn })],
      history,
      principals,
    );
  // The south came to 1 after the north had spoken, or before it did.
  expect(moved(5)).toMatchObject([{ kind: 'concession', isTowards: true }, {}]);
  expect(moved(3)).toMatchObject([{ kind: 'hardening', isTowards: false }, {}]);
});

test('a counterpart that first speaks later in the round still tells the way', () => {
  const history = historyOf(cast, [
    { round: 1, cells: [stand('north', 'a', 1, { turn: 1, why: null })], convergence: null },
  ]);
  const cells = [stand('north', 'a', 3, { turn: 3, why: 'So.' }), stand('south', 'a', 5, { turn: 4 })];
  expect(movesOf(cells, history, principals)).toMatchObject([{ kind: 'concession', isTowards: true }]);
});

test.each([
  [4, 6],
  [4.5, 6],
])(
  'a move from %d past the other, who stands at 5, gives more than was asked and takes nothing back',
  (from, to) => {
    const { moves, retractions } = movesBy([
      { position: from, turn: 1, why: null },
      { position: to, turn: 4, why: 'So.' },
    ]);
    expect(moves).toMatchObject([{ kind: 'concession', isTowards: true }]);
    expect(retractions).toEqual([]);
  },
);

test('going back half a point is a retraction only in words that take back', () => {
  const back = (act: PositionCell['act']) =>
    movesBy([
      { position: 3, turn: 1, why: null },
      { position: 2.5, turn: 4, why: 'No.', act },
    ]);
  expect(back('retract').retractions).toEqual([{ speaker: 'north', issue: 'a', from: 3, to: 2.5, turn: 4 }]);
  expect(back('propose').moves).toHaveLength(1);
  expect(back('propose').retractions).toEqual([]);
});

test('what another issue or speaker takes back is not held against a move', () => {
  const { moves } = movesBy([
    { position: 3, turn: 1, why: null },
    { position: 2.5, turn: 4, why: 'No.' },
  ]);
  const others = [
    stand('south', 'a', 2.5, { act: 'retract' }),
    stand('north', 'b', 2.5, { act: 'retract' }),
    stand('north', 'a', 2.5),
  ];
  expect(retractionsOf(moves, others)).toEqual([]);
});

test('past the other on the way back to its own first stand, a party takes back what it gave', () => {
  const { moves, retractions } = movesBy([
    { position: 0, turn: 1, why: null },
    { position: 6, turn: 4, why: 'We can pay for it all.' },
    { position: 2, turn: 7, why: 'The bank called on Monday.' },
  ]);
  expect(moves).toMatchObject([{ kind: 'hardening', isTowards: false, from: 6, to: 2 }]);
  expect(retractions).toMatchObject([{ speaker: 'north', from: 6, to: 2 }]);
});
