import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  checkQuotations,
  type GroundingInput,
  groundTurn,
  unsourcedSentences,
} from '../../src/grounding/turn-grounding.ts';

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

const input = (text: string) => ({ text, passages, agenda, castNames: ['Harbour Board'], earlierTurns: [] });

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
    'In Oldford, on the Westgate road, the Harbour Board told Mirefield that Seaham lost 55 boats [P1].';
  const earlierTurns = [{ turn: 1, text: 'The people of Mirefield wait.' }];
  expect(ground(text, { earlierTurns }).unsupported.map((fact) => fact.text)).toEqual(['Seaham', '55']);
});

test.each([
  ['a sentence with a citation', 'We rest on this, as ever [P1].', 1, 1],
  ['a citation behind the full stop', 'The bridge was closed on 3 March 2021. [P1]', 1, 1],
  ['a sentence with a number that nobody read as a fact', 'The cracks were 40 in all, they say.', 0, 0],
  ['a sentence with a name', 'People in Oldford were afraid then.', 0, 0],
  ['a long quotation', 'The word was "nobody wants to pay for it" there.', 1, 0],
  ['a citation of nothing', 'The bridge was closed in a hurry [P9].', 1, 0],
  ['a demand with a name', 'People in Oldford must pay for this.', 0, 0],
  ['a stand', 'We cannot accept a bridge without lanes.', 0, 0],
  ['a question', 'Were there not 40 cracks in it?', 0, 0],
])('claims: %s', (_, text, claims, claimsCited) => {
  expect(ground(text)).toMatchObject({ claims, claimsCited });
});

const uncited = 'Los 40 barcos se perdieron en 2019. Ofrecemos 75 barcos antes del 30 de junio.';
const cited = 'Within 18 months of the closing [P1] we ship fuel. The 18 pumps failed [P1].';

test.each<[string, string, GroundingInput['stated'], string[], number]>([
  ['uncited sentences that nobody read are not checked', uncited, undefined, [], 0],
  ['a judge that found no fact clears both', uncited, [], [], 0],
  [
    'the sentence that a judge read as a fact is held to its source',
    uncited,
    ['Los 40 barcos se perdieron en 2019.'],
    ['2019'],
    1,
  ],
  [
    'without a judge every figure counts where too strict is safe',
    uncited,
    'figures',
    ['2019', '75', '30'],
    2,
  ],
  [
    'of sentences that cite, a judge tells the fact from the offer',
    cited,
    ['The 18 pumps failed [P1].'],
    ['18'],
    2,
  ],
  ['what cites is checked where nobody was asked', cited, undefined, ['18', '18'], 2],
])('facts and terms: %s', (_, text, stated, unsupported, claims) => {
  const found = ground(text, { stated });
  expect(found.unsupported.map((fact) => fact.text)).toEqual(unsupported);
  expect(found.claims).toBe(claims);
  expect(found.facts + found.unchecked).toBe(groundTurn({ ...input(text), stated: 'figures' }).facts);
});

test('a judge is asked about what no source shows, and about figures that cite nothing', () => {
  const text = `We thank you. ${uncited} The bridge had 40 cracks [P1]. Was it 99? Seaham Bay sank in the night [P3].`;
  expect(unsourcedSentences(input(text)).map((sentence) => sentence.text)).toEqual([
    ...uncited.split(/(?<=\.) /),
    'Seaham Bay sank in the night [P3].',
  ]);
  expect(unsourcedSentences({ ...input(text), passages: [] })).toEqual([]);
});

test('a wording that the speaker would sign is no quotation of anybody', () => {
  const text =
    'Firmo hoy los contadores: «cada pozo lleva contador». She said "nobody wants to pay for it" [P2].';
  const wording = (terms: string[]) => ground(text, { terms }).quotations.map(({ kind }) => kind);
  expect(wording([])).toEqual(['quotation', 'quotation']);
  expect(wording(['Firmo hoy los contadores: «cada pozo lleva contador».'])).toEqual(['term', 'quotation']);
  // What stands nearly so in a source is an altered quotation, wherever it is used.
  expect(ground(text, { terms: [text] }).quotations[1]?.kind).toBe('quotation');
});

test.each([
  [
    'Italian thousands',
    'Ci sono 31.000 persone contro 12.400 [P1].',
    'There are 31,000 people and 12,400.',
    [],
  ],
  [
    'a magnitude and a decimal comma in another language',
    `Costa 19 milioni e 2,3 milioni [P1]; ${'parole diverse da quelle '.repeat(5)}.`,
    `It costs 19 million and 2.3 million. ${'Many an English word that the article has and no other does stands here in a row. '.repeat(3)}${Array.from({ length: 100 }, (_, place) => `word${String.fromCharCode(97 + (place % 26), 97 + Math.floor(place / 26))}`).join(' ')}`,
    [],
  ],
  [
    'French spaces',
    'On compte 31\u202f000 habitants et 12 400 emplois [P1].',
    'There are 31,000 people and 12,400 jobs.',
    [],
  ],
  [
    'a number that is another',
    'Ci sono 31.500 persone e 19 di loro [P1].',
    'There are 31,000 people; 19 million was paid.',
    ['31.500', '19'],
  ],
])('numbers are the same however a language writes them: %s', (_, text, article, unsupported) => {
  expect(
    ground(text, { passages: [{ number: 1, text: article }], agenda: [] }).unsupported.map(
      (fact) => fact.text,
    ),
  ).toEqual(unsupported);
});

test('digits of other scripts are digits, and a unit may follow them without a space', () => {
  const article = [{ number: 1, text: '45トンが運ばれた。' }];
  const of = (text: string) =>
    ground(text, { passages: article, stated: 'figures' }).unsupported.map((fact) => fact.text);
  expect(of('４５トンが運ばれた。60トンではない。')).toEqual(['60']);
  expect(of('نقلت ٤٥ طنا و ٦٠ سفينة في الليل.')).toEqual(['٦٠']);
});

test('naming or quoting another speaker claims nothing about the world', () => {
  const earlierTurns = [{ turn: 1, text: 'We will never pay a toll for this.' }];
  const text =
    'The Harbour Board says "we will never pay a toll" once more. Much hangs on the Harbour Board today.';
  expect(ground(text, { earlierTurns }).claims).toBe(0);
});

test('claims without a citation are shown with their place', () => {
  const text = 'We thank you. The cracks were 40 in all.';
  const [claim] = ground(text, { stated: ['The cracks were 40 in all.'] }).uncited;
  expect(text.slice(claim?.start, claim?.end)).toBe('The cracks were 40 in all.');
});

test('the score is the share of all that can be checked', () => {
  // citation P1 holds; claim 1 is cited; 40 is known; claim 2 is not cited; 55 is unknown: 3 of 5
  const boats = 'There were 55 boats in the water.';
  const { score } = ground(`There were 40 cracks in the bridge [P1]. ${boats}`, { stated: [boats] });
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
    unchecked: 0,
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
  expect(ground(text, { passages: input.passages }).uncited).toHaveLength(1);
  const put = ground(text, { passages: input.passages, questions: [`${words} the employers' levy?`] });
  expect(put).toMatchObject({ claims: 0, uncited: [], score: 1 });
});

test('a term that a judge quoted wants no source for its dates and quantities, cited or not', () => {
  const text = 'We accept its silence as lapse after thirty days [P1]. Some 77 ferries left the river [P1].';
  const terms = ['We accept its silence as lapse after thirty days'];
  const unsupported = (more: Partial<GroundingInput>) =>
    ground(text, more).unsupported.map((fact) => fact.text);
  expect(unsupported({})).toEqual(['thirty', '77']);
  expect(unsupported({ terms })).toEqual(['77']);
});

test('a name in a speech of another language than the article is not held against it; a number still is', () => {
  const article = readFileSync(
    join(import.meta.dirname, '../../prompts/scenarios/us-dprk-talks/article.md'),
    'utf8',
  );
  const text =
    'Au terme du chemin [P1], la Corée du Nord seule renonce à tout, et nos alliances ne bougent pas. Les sanctions restent entières jusqu’au démantèlement des 60 ogives [P1].';
  const of = (words: string) =>
    ground(words, { passages: [{ number: 1, text: article }], agenda: [] }).unsupported.map(
      (fact) => fact.text,
    );
  expect(of(text)).toEqual(['60']);
  expect(
    of(
      'At the end of the road the North alone gives up all of it, and our alliances do not move, as the government in Ruritania was told by the United States [P1].',
    ),
  ).toEqual(['Ruritania']);
});
