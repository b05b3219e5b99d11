import { expect, test } from 'vitest';
import { formalBreaksIn, roleBreaksIn, withoutWrappers } from '../../src/grounding/role-breaks.ts';

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

test.each([
  ['a label in capitals in the middle of a speech', 'We wait. HARBOUR BOARD: Then we pay.', 'another'],
  ['a title and a surname', 'We wait. Colonel Board: Then I pay.', 'another'],
  ['a bracketed label in another language', '[Mod\u00e9rateur] : la parole est au maire.', 'another'],
  ['the label of the moderator', '[Moderator]: The mayor has the floor.', 'another'],
  ['a tag at the end', 'We pay.\n\n[End of turn]', 'meta'],
  ['a count of words', 'We pay at once.\n(148 words)', 'meta'],
  [
    'a stage direction in brackets between sentences',
    'We wait. (She looks out of the window.) We pay.',
    'stage-direction',
  ],
  [
    'one in full-width brackets on its own line',
    '\uff08\u6c89\u9ed8\u7247\u523b\uff09\n\u6211\u4eec\u4ed8\u94b1\u3002',
    'stage-direction',
  ],
  ['one between stars at the end', 'We pay. *slides the keys across the table*', 'stage-direction'],
  ['an assistant in German', 'Als KI-Sprachmodell besitze ich keinen Brunnen.', 'assistant'],
  ['an assistant in Spanish', 'Como modelo de lenguaje no puedo visitar.', 'assistant'],
])('%s is noticed', (_, text, kind) => {
  expect(kinds(text)).toEqual([kind]);
});

test.each([
  ['addressing another with a colon', 'To the Board: our price is the clause.'],
  ['an economist and a model of the river', 'As an economist, my model of the river says so.'],
  ['an emphasised sentence', 'We wait. *Not one day more.* We pay.'],
  ['an emphasised word', 'We wait. We *really* pay.'],
  ['an aside inside a sentence', 'We pay (as you know) at once.'],
  ['an aside with a figure', 'We wait. (It was 40 in 2019.) We pay.'],
  ['a citation', 'We wait. [P3] We pay [P3].'],
  ['a time', 'The Board meets at: 10:30.'],
])('%s is no break', (_, text) => {
  expect(kinds(text)).toEqual([]);
});

test('wrappers are taken off, and what was taken off is kept as a break without a place', () => {
  const raw = '*sets down his pen* We pay.\n\n(He sits back.)\n\n[End of turn]';
  const text = withoutWrappers(raw, 'mayor', cast);
  expect(text).toBe('We pay.');
  const found = roleBreaksIn({ turn: 4, speaker: 'mayor', text, raw }, cast);
  expect(found.map(({ kind, start }) => [kind, start])).toEqual([
    ['stage-direction', null],
    ['stage-direction', null],
    ['meta', null],
  ]);
});

test.each([
  'We pay. (I have tried it on the porters already.) So be it.',
  'Nous payons. (On a fait la fête ensemble, avec un gâteau.) Soit.',
  '我们付钱。（这话我在食堂里说过。）就这样。',
])('a sentence in brackets may be an aside: it stays, and only a reader tells (%s)', (text) => {
  expect(withoutWrappers(text, 'mayor', cast)).toBe(text);
  expect(formalBreaksIn('mayor', text, cast)).toEqual([]);
});

test('a name with a colon may speak or be spoken to, which only a reader tells; a label in brackets speaks', () => {
  expect(formalBreaksIn('mayor', 'Señor Board: le agradezco su franqueza.', cast)).toEqual([]);
  expect(formalBreaksIn('mayor', 'We pay.\n**[Board]**: so do we.', cast)).toMatchObject([
    { kind: 'another' },
  ]);
});

test.each([
  ['a tag in full-width brackets', '以上です。［発言終了・百五十字］', '以上です。'],
  ['one in corner brackets on its own line', '以上です。\n【ターン終了】', '以上です。'],
  ['a count of letters', '我说完了。（字数：150）', '我说完了。'],
  ['a starred tag', 'We pay. **[END OF TURN 6]**', 'We pay.'],
  ['a tag as in a page', 'We pay.\n<end of turn>', 'We pay.'],
  ['a mark between dashes', 'Nous payons.\n— Fin de l’intervention —', 'Nous payons.'],
  ['a last line under a rule', 'We pay.\n---\nEnd of turn', 'We pay.'],
  ['a direction in square brackets', 'We wait. [sets down her pen] We pay.', 'We wait. We pay.'],
  [
    'a count without brackets that is about right',
    'We pay at once, all of it, and sign tonight. 10 words',
    'We pay at once, all of it, and sign tonight.',
  ],
])('%s is taken off', (_, text, rest) => {
  expect(withoutWrappers(text, 'mayor', cast)).toBe(rest);
});

test.each([
  ['a price at the end', 'We ask this of the Board, and no more than this. 300 euros'],
  ['a price in brackets', 'We ask this of the Board, and no more than this. (300 euros)'],
  ['the number of a note', 'We wait. [12]'],
  ['citations in other forms', 'We wait. [see P4] We pay. [passage 3]'],
  ['several citations', 'We wait. [P3, T4]'],
  ['words put into a sentence', 'They promised [and broke] it. We pay.'],
  ['a dash before the last words', 'We want bread - and end of story'],
])('%s stays', (_, text) => {
  expect(withoutWrappers(text, 'mayor', cast)).toBe(text);
  expect(formalBreaksIn('mayor', text, cast)).toEqual([]);
});

test('a label in brackets speaks for another wherever a sentence begins, in any brackets', () => {
  const found = (text: string) => formalBreaksIn('mayor', text, cast).map((one) => one.text);
  expect(found('Eso es todo. [Moderadora]: gracias a todos.')).toEqual(['[Moderadora]:']);
  expect(found('そうです。【司会】：次の方どうぞ。')).toEqual(['【司会】：']);
});

test('under a title and in small letters somebody is spoken to', () => {
  expect(kinds('We wait. Colonel Board: then I pay.')).toEqual([]);
  expect(kinds('We wait. Colonel Board: Then I pay.')).toEqual(['another']);
});

test('a wrapper that the rules of its day left on is one break, where it stands', () => {
  const raw = '*sets down his pen* 以上です。［発言終了］';
  const found = roleBreaksIn({ turn: 4, speaker: 'mayor', text: '以上です。［発言終了］', raw }, cast);
  expect(found.map(({ kind, start }) => [kind, start])).toEqual([
    ['stage-direction', null],
    ['meta', 5],
  ]);
});

test('a speech of nothing but a stage direction keeps it', () => {
  expect(withoutWrappers('*says nothing at all*', 'mayor', cast)).toBe('*says nothing at all*');
});

test('words put into the mouth of another are no wrapper: they stay, and are marked', () => {
  const text = 'We wait. Harbour Board: then we pay.';
  expect(withoutWrappers(text, 'mayor', cast)).toBe(text);
});
