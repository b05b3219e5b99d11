import { expect, test } from 'vitest';
import type { CastMember } from '../../../src/debate/setup.ts';
import type { Cell, Convergence } from '../../../src/debate/verdict.ts';
import { fidelityOf } from '../../../src/run/reading/fidelity.ts';

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
    convergence: null,
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

test('a change read by a judge that was not asked for reasons is shown as unexplained, from the stand spoken before', () => {
  const { moves } = mayorOf([
    [1, 'One lane'],
    [3, 'Two lanes, because you asked'],
  ]);
  expect(moves).toMatchObject([{ kind: 'unexplained', from: 1, to: 3, round: 2, why: null }]);
});

test('a first stand is no move, though it lies away from the declared opening', () => {
  expect(mayorOf([[3, 'Two lanes']]).moves).toEqual([]);
});

test('what a verdict holds goes before what code would compute', () => {
  const move = {
    ...{
      speaker: 'mayor',
      issue: 'lanes',
      kind: 'concession' as const,
      isTowards: true,
      from: 1,
      fromTurn: 1,
    },
    ...{ to: 3, turn: 2, quote: 'Two lanes', why: 'The tolls work.' },
  };
  const crossed = {
    speaker: 'mayor',
    issue: 'lanes',
    position: 3.5,
    min: 0,
    max: 3,
    turn: 2,
    quote: 'Two lanes',
  };
  const kept = {
    moves: [move],
    ownLines: { kept: 0, crossed: [crossed] },
    roleBreaks: [{ speaker: 'mayor', kind: 'assistant' as const, turn: 2, quote: 'Gerne helfe ich Ihnen' }],
  };
  const turns = [{ turn: 2, round: 2, speaker: 'mayor', text: 'As an AI? Gerne helfe ich Ihnen. Two lanes' }];
  const readings = [{ round: 2, cells: [], convergence: kept as unknown as Convergence }];
  const [mayorFound] = fidelityOf({ agenda, cast: [mayor, board], turns, readings });
  expect(mayorFound?.moves).toEqual([{ ...move, round: 2 }]);
  expect(mayorFound?.redLinesCrossed).toMatchObject([{ position: 3.5, redLine: 'Never more than two.' }]);
  expect(mayorFound?.roleBreaks).toEqual([
    { turn: 2, kind: 'assistant', text: 'Gerne helfe ich Ihnen', start: 10, as: null },
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
