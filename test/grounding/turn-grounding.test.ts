import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkQuotations, type GroundingInput, groundTurn } from '../../src/grounding/turn-grounding.ts';

const passages = [
  { number: 1, text: 'The bridge at Oldford was closed on 3 March 2021 after 40 cracks were found.' },
  {
    number: 2,
    text: '“Nobody on the council wants to pay for it twice,” said Ada Brook of the Oldford Trust.',
  },
  { number: 3, text: 'Ferries carried 1,200 people a day in the summer.' },
];
const agenda = [
  {
    id: 'lanes',
    title: 'Lanes',
    question: 'How many lanes for the Westgate road?',
    weight: 1,
    anchors: { 0: 'none', 3: 'two', 6: 'all' },
    passages: [1],
  },
];
const ground = (text: string, more: Partial<GroundingInput> = {}) =>
  groundTurn({ text, passages, agenda, castNames: ['Harbour Board'], earlierTurns: [], ...more });

test('a citation exists where its passage does', () => {
  expect(ground('So it is [P1], and so [P9].').citations).toMatchObject([
    { label: 'P1', exists: true },
    { label: 'P9', exists: false, bears: null },
  ]);
});

test('a turn can be cited once it was given', () => {
  const earlierTurns = [{ turn: 2, text: 'We keep the ferries.' }];
  expect(
    ground('As you said [T2], not [T3].', { earlierTurns }).citations.map(({ exists }) => exists),
  ).toEqual([true, false]);
});

test('a citation bears more where the passage speaks of the same things', () => {
  const right = ground('Ferries carried people all summer [P3].').citations[0]?.bears ?? 0;
  const wrong = ground('Ferries carried people all summer [P1].').citations[0]?.bears ?? 0;
  expect(right).toBeGreaterThan(0.9);
  expect(wrong).toBe(0);
});

test('a quotation that stands in the cited passage is found there', () => {
  expect(ground('She said "nobody on the council wants to pay" [P2].').quotations[0]).toMatchObject({
    match: 'normalised',
    source: 'P2',
    isCited: true,
    diff: null,
  });
});

test('a quotation cited to another passage than its own is told apart', () => {
  const { quotations, score } = ground('She said "nobody on the council wants to pay" [P1].');
  expect(quotations[0]).toMatchObject({ match: 'normalised', source: 'P2', isCited: false });
  // citation and cited claim hold, the quotation does not: 2 of 3
  expect(score).toBeCloseTo(2 / 3, 12);
});

test('a misquote comes with its difference', () => {
  expect(ground('She said "nobody on the board wants to pay for it" [P2].').quotations[0]).toMatchObject({
    match: 'near',
    source: 'P2',
    diff: [
      { kind: 'same', text: 'nobody on the' },
      { kind: 'missing', text: 'council' },
      { kind: 'added', text: 'board' },
      { kind: 'same', text: 'wants to pay for it' },
    ],
  });
});

test('of two passages that come near the nearer one is shown', () => {
  const twins = [
    { number: 1, text: 'The old bridge over the river was shut by the town in spring.' },
    { number: 2, text: 'The old bridge over the river was shut by the council in spring.' },
  ];
  const text = 'It says "the old bridge over the stream was shut by the council in spring".';
  expect(ground(text, { passages: twins }).quotations[0]).toMatchObject({ match: 'near', source: 'P2' });
});

test('words of an earlier speaker may be quoted', () => {
  const earlierTurns = [{ turn: 1, text: 'We will never pay a toll for this.' }];
  expect(ground('You said "we will never pay a toll".', { earlierTurns }).quotations[0]).toMatchObject({
    match: 'normalised',
    source: 'T1',
    isCited: null,
  });
});

test('a quotation that nobody said is absent', () => {
  expect(ground('He said "the harbour will be filled in".').quotations[0]).toMatchObject({
    match: 'absent',
    source: null,
  });
});

test('a term in scare quotes is not held to be said by anyone', () => {
  const { quotations, score } = ground('This so-called "clever plan" will not do.');
  expect(quotations[0]).toMatchObject({ kind: 'term', match: 'absent' });
  expect(score).toBeNull();
});

test('facts in the article, the agenda, the cast and earlier turns are supported, others are not', () => {
  const text =
    'In Oldford, on the Westgate road, the Harbour Board told Mirefield that Seaham lost 55 boats.';
  const earlierTurns = [{ turn: 1, text: 'The people of Mirefield wait.' }];
  expect(ground(text, { earlierTurns }).unsupported.map((fact) => fact.text)).toEqual(['Seaham', '55']);
});

test.each([
  ['a sentence with a citation', 'We rest on this, as ever [P1].', 1, 1],
  ['a citation behind the full stop', 'The bridge was closed on 3 March 2021. [P1]', 1, 1],
  ['a sentence with a number', 'The cracks were 40 in all, they say.', 1, 0],
  ['a sentence with a name', 'People in Oldford were afraid then.', 1, 0],
  ['a long quotation', 'The word was "nobody wants to pay for it" there.', 1, 0],
  ['a citation of nothing', 'The bridge was closed in a hurry [P9].', 1, 0],
  ['a demand with a name', 'People in Oldford must pay for this.', 0, 0],
  ['a stand', 'We cannot accept a bridge without lanes.', 0, 0],
  ['a question', 'Were there not 40 cracks in it?', 0, 0],
  ['an aside', 'Forty cracks, no less: 40.', 1, 0],
])('claims: %s', (_, text, claims, claimsCited) => {
  expect(ground(text)).toMatchObject({ claims, claimsCited });
});

test('naming or quoting another speaker claims nothing about the world', () => {
  const earlierTurns = [{ turn: 1, text: 'We will never pay a toll for this.' }];
  const text =
    'The Harbour Board says "we will never pay a toll" once more. Much hangs on the Harbour Board today.';
  expect(ground(text, { earlierTurns }).claims).toBe(0);
});

test('claims without a citation are shown with their place', () => {
  const text = 'We thank you. The cracks were 40 in all.';
  const [claim] = ground(text).uncited;
  expect(text.slice(claim?.start, claim?.end)).toBe('The cracks were 40 in all.');
});

test('the score is the share of all that can be checked', () => {
  // citation P1 holds; claim 1 is cited; 40 is known; claim 2 is not cited; 55 is unknown: 3 of 5
  const { score } = ground('There were 40 cracks in the bridge [P1]. There were 55 boats in the water.');
  expect(score).toBeCloseTo(3 / 5, 12);
});

test('a speech with nothing to check has no score', () => {
  expect(ground('We thank you, and we wait.').score).toBeNull();
});

test('an empty speech grounds nothing', () => {
  expect(ground('')).toEqual({
    citations: [],
    quotations: [],
    unsupported: [],
    facts: 0,
    claims: 0,
    claimsCited: 0,
    uncited: [],
    score: null,
  });
});

test('quoting a question that was put is no misquote', () => {
  const words = 'Would a bakery with six employees have to pay';
  const text = `You ask: “${words}?” I will come to it.`;
  const input = { text, passages: [{ number: 1, text: 'The levy starts in May.' }], earlierTurns: [] };
  expect(checkQuotations(input)[0]?.match).toBe('absent');
  const [asked] = checkQuotations({ ...input, questions: [`${words} the employers' levy?`] });
  expect(asked).toMatchObject({ match: 'normalised', source: null });
});

test('a term that a judge quoted wants no source for its dates and quantities; a statement beside it does', () => {
  const text = 'We accept its silence as lapse after thirty days. Some 77 ferries left the river in June.';
  const terms = ['We accept its silence as lapse after thirty days.'];
  const without = ground(text);
  const found = ground(text, { terms });
  expect(without.unsupported.map((fact) => fact.text)).toContain('thirty');
  expect(found.unsupported.map((fact) => fact.text)).toEqual(
    without.unsupported.map((fact) => fact.text).filter((words) => words !== 'thirty'),
  );
  expect(found.uncited.map((claim) => claim.text)).toEqual(['Some 77 ferries left the river in June.']);
  expect(without.uncited).toHaveLength(2);
});

test('a name in a speech of another language than the article is not held against it; a number still is', () => {
  const article = readFileSync(
    join(import.meta.dirname, '../../prompts/scenarios/us-dprk-talks/article.md'),
    'utf8',
  );
  const text =
    'Au terme du chemin, la Corée du Nord seule renonce à tout, et nos alliances ne bougent pas. Les sanctions restent entières jusqu’au démantèlement des 60 ogives.';
  const of = (words: string) =>
    ground(words, { passages: [{ number: 1, text: article }], agenda: [] }).unsupported.map(
      (fact) => fact.text,
    );
  expect(of(text)).toEqual(['60']);
  expect(
    of(
      'At the end of the road the North alone gives up all of it, and our alliances do not move, as the government in Ruritania was told by the United States.',
    ),
  ).toEqual(['Ruritania']);
});
