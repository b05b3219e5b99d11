import { expect, test } from 'vitest';
import type { CastMember } from '../../src/debate/setup.ts';
import type { Cell } from '../../src/debate/verdict.ts';
import { fidelityOf } from '../../src/grounding/fidelity.ts';

const agenda = [
  {
    id: 'lanes',
    title: 'Lanes',
    question: 'How many?',
    weight: 1,
    anchors: { 0: '0', 3: '2', 6: '4' },
    passages: [],
  },
];
const persona = (id: string, opening: number, more: Partial<CastMember> = {}): CastMember => ({
  ...{ id, name: `The ${id}`, short: id, principal: true, redLines: [], opening: { lanes: opening } },
  ...more,
});
const mayor = persona('mayor', 1, {
  redLines: [{ issue: 'lanes', min: 0, max: 3, text: 'Never more than two.' }],
});
const board = persona('board', 5);
const cell = (position: number, turn: number, quote: string): Cell => ({
  ...{
    stand: 'position',
    speaker: 'mayor',
    issue: 'lanes',
    position,
    mean: position,
    variance: 0,
    spread: 0,
  },
  ...{ samples: 3, act: 'propose', quote, turn },
});

/** The mayor's rounds: where it stands, and what it says. */
function mayorOf(rounds: [number | null, string][], cast = [mayor, board]) {
  const turns = rounds.map(([, text], place) => ({
    turn: place + 1,
    round: place + 1,
    speaker: 'mayor',
    text,
  }));
  const readings = rounds.map(([position, text], place) => ({
    round: place + 1,
    cells: position === null ? [] : [cell(position, place + 1, text.split('. ').at(-1) ?? text)],
  }));
  return fidelityOf({ agenda, cast, turns, readings })[0]!;
}

test('a stand beyond its own red line is told once, when it is first taken', () => {
  const { redLinesCrossed } = mayorOf([
    [3, 'Two lanes it is'],
    [4, 'Three lanes then'],
    [4, 'As I said'],
  ]);
  expect(redLinesCrossed).toEqual([
    {
      issue: 'lanes',
      round: 2,
      position: 4,
      min: 0,
      max: 3,
      redLine: 'Never more than two.',
      quote: 'Three lanes then',
      turn: 2,
    },
  ]);
});

test('a red line crossed again after a return is told again', () => {
  expect(
    mayorOf([
      [4, 'Three'],
      [2, 'One'],
      [5, 'All'],
    ]).redLinesCrossed.map(({ round }) => round),
  ).toEqual([1, 3]);
});

test('a stand on the bound keeps the line', () => {
  expect(mayorOf([[3, 'Two lanes']]).redLinesCrossed).toEqual([]);
});

test('a stand a point past the middle argues for the other side', () => {
  // openings 1 and 5, middle 3
  expect(mayorOf([[3.5, 'Two and a bit']]).otherSide).toEqual([]);
  expect(mayorOf([[4, 'Three lanes']]).otherSide).toMatchObject([{ other: 'board', position: 4, round: 1 }]);
});

test('without declared openings nobody can be on the other side', () => {
  const open = [persona('mayor', 0, { opening: {} }), persona('board', 0, { opening: {} })];
  expect(mayorOf([[6, 'All of them']], open).otherSide).toEqual([]);
});

test('a move towards the other with a reason beside its words is a concession', () => {
  const { moves } = mayorOf([[2.5, 'You have shown that tolls work. We could open one lane and a half']]);
  expect(moves).toMatchObject([
    { kind: 'concession', from: 1, to: 2.5, reason: 'You have shown that tolls work.' },
  ]);
});

test.each([
  'For that reason we come nearer. Open one lane and a half',
  'The board’s point was not lost on us. Open one lane and a half',
  'Open one lane and a half, provided the tolls stay',
  'After hearing the board we think again. Open one lane and a half',
])('"%s" states a reason', (text) => {
  expect(mayorOf([[2.5, text]]).moves[0]?.kind).toBe('concession');
});

test('a citation beside the words is a reason too', () => {
  expect(mayorOf([[2, 'The cracks are few [P3]. We could open one lane']]).moves[0]?.kind).toBe('concession');
});

test('a move without any reason is drift', () => {
  expect(mayorOf([[3, 'Fine. Two lanes']]).moves).toMatchObject([{ kind: 'drift', reason: null }]);
});

test('a reason far from the words is none', () => {
  const text = 'We wait because of rain. One. Two. Three. Open two lanes';
  expect(mayorOf([[3, text]]).moves[0]?.kind).toBe('drift');
});

test('a move away from the other with a reason is hardening', () => {
  const { moves } = mayorOf([
    [1, 'One lane'],
    [0, 'No lanes, because you broke your word'],
  ]);
  expect(moves).toMatchObject([{ kind: 'hardening', from: 1, to: 0 }]);
});

test('half a point is no move, but half points add up to one', () => {
  const { moves } = mayorOf([
    [1.5, 'A little'],
    [2, 'A little more, given your offer'],
  ]);
  expect(moves).toMatchObject([{ kind: 'concession', from: 1, to: 2, round: 2 }]);
});

test('a move that no word of its round bears out is drift', () => {
  const turns = [{ turn: 1, round: 1, speaker: 'mayor', text: 'One lane, because it is enough' }];
  const readings = [1, 3].map((position, place) => ({
    round: place + 1,
    cells: [cell(position, 1, 'One lane')],
  }));
  expect(fidelityOf({ agenda, cast: [mayor, board], turns, readings })[0]?.moves).toMatchObject([
    { kind: 'drift' },
  ]);
});

test('rounds without a reading change nothing', () => {
  expect(
    mayorOf([
      [1, 'One lane'],
      [null, 'Hm'],
      [1, 'One lane'],
    ]).moves,
  ).toEqual([]);
});

test('role breaks are gathered per persona', () => {
  expect(mayorOf([[1, 'As an AI, I want one lane']]).roleBreaks).toMatchObject([
    { kind: 'assistant', turn: 1 },
  ]);
});
