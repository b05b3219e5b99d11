import { expect, test } from 'vitest';
import { roleBreaksIn } from '../../src/grounding/role-breaks.ts';

const cast = [
  { id: 'mayor', name: 'Oldford mayor', short: 'Mayor' },
  { id: 'board', name: 'Harbour Board', short: 'Board' },
];
const kinds = (text: string) =>
  roleBreaksIn({ turn: 4, speaker: 'mayor', text }, cast).map(({ kind }) => kind);

test.each([
  ['under a label of another', 'Harbour Board: we pay.', ['another']],
  ['under a bracketed label, further down', 'We pay.\n**[Board]**: so do we.', ['another']],
  ['in the name of another', 'Speaking for the Harbour Board, I pay.', ['another']],
  ['as another', 'As the Harbour Board, we pay.', ['another']],
  ['as a model', 'As an AI language model, I have no view.', ['assistant']],
  ['as an assistant', 'I’m just an AI and cannot pay.', ['assistant']],
  ['with a stage direction in stars', '*leans forward* We pay.', ['stage-direction']],
  ['with a stage direction in brackets', '(pauses for a moment) We pay.', ['stage-direction']],
  ['about the exercise', 'In this simulation my persona pays.', ['meta', 'meta']],
])('speaking %s is noticed', (_, text, expected) => {
  expect(kinds(text)).toEqual(expected);
});

test.each([
  ['its own label', 'Oldford mayor: we pay.'],
  ['naming the other', 'The Harbour Board must pay, as the Harbour Board knows.'],
  ['addressing the other', 'Harbour Board, I ask you to pay.'],
  ['emphasis', 'We *never* pay (as you know).'],
  ['quoted words', 'Somebody wrote "as an AI language model, I pay" here.'],
  ['a character in the common sense', 'A town of character pays at once.'],
  ['a prompt answer', 'We want a prompt answer.'],
])('%s is no break', (_, text) => {
  expect(kinds(text)).toEqual([]);
});

test('the break names the turn, the words and whom it speaks as', () => {
  expect(roleBreaksIn({ turn: 4, speaker: 'mayor', text: 'Well. I, as the Board, pay.' }, cast)).toEqual([
    { turn: 4, kind: 'another', text: 'I, as the Board', start: 6, as: 'board' },
  ]);
});
