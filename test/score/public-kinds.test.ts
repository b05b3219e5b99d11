import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseTranscript } from '../../src/score/parse-transcript.ts';

/** The same talk in every form in which programs, parliaments, courts and chats write one down; and documents that are no talk. */
const file = readFileSync(new URL('../fixtures/transcripts/kinds.txt', import.meta.url), 'utf8');
const speeches = [
  'We agree to inspections of the two sites.',
  'We do not. Seoul has said it plainly: no visits.',
  'Then name the site you mean.',
  'None of them, as things stand.',
];

const kinds = file.split(/^@@@ (?=.*\n@@@ )/m).flatMap((section): [string, string, string][] => {
  const [name = '', head = '', ...content] = section.split('\n');
  return name === '' ? [] : [[name, head.slice('@@@ '.length), content.join('\n').replace(/\n\n$/, '')]];
});

/** What a section's second line promises: the turns; null where the text must be refused. */
function promised(head: string): string[][] | null {
  if (head === 'refused') return null;
  if (head.startsWith('turns ')) return JSON.parse(head.slice('turns '.length));
  const names = head.slice('names '.length).split(' | ');
  return speeches.map((text, place) => [names[place % 2] ?? '', text]);
}

function turnsIn(content: string): string[][] | null {
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: ['moderator', 'system'] });
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return parsed.ok ? parsed.turns.map(({ speaker, text }) => [speaker, plain(text)]) : null;
}

describe('a transcript of every public kind is read right, and what is none is refused', () => {
  test.each(kinds)('%s', (_name, head, content) => {
    expect(turnsIn(content)).toEqual(promised(head));
    expect(turnsIn(`\uFEFF${content.replaceAll('\n', '\r\n')}`)).toEqual(promised(head));
  });
});

test('points of lists and phrases in bold inside speeches are no parties', () => {
  const speech = [
    'Two points.',
    '1. Law: none allows it.',
    '2. Money: none is there.',
    '',
    '**Bottom line:** we wait.',
  ];
  const text = ['PRO', 'CON', 'PRO', 'CON'].map((name) => `**${name}:** ${speech.join('\n')}`).join('\n\n');
  expect(turnsIn(text)?.map(([speaker]) => speaker)).toEqual(['PRO', 'CON', 'PRO', 'CON']);
});

test('a phrase that begins one turn among those of others is asked about, and a person is not', () => {
  const talk = (name: string) =>
    ['Ann', 'Bo', 'Ann', 'Bo'].map((one) => `${one}: The choice is plain.`).join('\n\n') +
    `\n\n${name}: sign or leave.`;
  expect(turnsIn(talk('The Choice'))).toBeNull();
  expect(turnsIn(talk('Cy Voss'))).toHaveLength(5);
  expect(turnsIn(talk('The President'))).toHaveLength(5);
});

test('rounds that headings number are kept, and lines above a plain talk are said to be left out', () => {
  const text = 'A call\n\n## Round 1\n\nAnn: a\n\nBo: b\n\n## Round 2\n\nAnn: c\n\nBo: d';
  const parsed = parseTranscript({ file: 'talk', content: text, speakers: null, leftOut: [] });
  expect(parsed.ok && parsed.turns.map(({ round }) => round)).toEqual([1, 1, 2, 2]);
  expect(parsed.ok && parsed.notes[1]).toBe('left out above the first speaker: 1 line');
});

test('a table of several talks reads the one that is named', () => {
  const content = 'debate_id,speaker,text\na,Ann,Yes.\na,Bo,No.\nb,Cy,Why?\nb,Di,So.';
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [], part: 2 });
  expect(parsed.ok && parsed.turns.map(({ speaker }) => speaker)).toEqual(['Cy', 'Di']);
});

test.each([
  ['names before colons', (name: string, words: string) => `${name}: ${words}`, '\n\n'],
  ['captions', (name: string, words: string) => `00:00:01.000 --> 00:00:02.000\n${name}: ${words}`, '\n\n'],
  ['names before full stops', (name: string, words: string) => `${name}. ${words}`, '\n\n'],
])('names answer what was asked about: %s', (_form, turn, gap) => {
  const rows = ['Ms. Ann', 'Mr. Bo', 'Ms. Ann', 'Mr. Bo'].map((name) => turn(name, 'The choice is plain.'));
  const content = [...rows, turn('The Choice', 'Sign or leave.')].join(gap);
  const read = (speakers: string[] | null) =>
    parseTranscript({ file: 'talk', content, speakers, leftOut: [] });
  expect(read(null).ok).toBe(false);
  const parsed = read(['Ms. Ann', 'Mr. Bo']);
  expect(parsed.ok && parsed.turns.map(({ speaker }) => speaker)).toEqual([
    'Ms. Ann',
    'Mr. Bo',
    'Ms. Ann',
    'Mr. Bo',
  ]);
});

test('records of things, one opinion each and settings are no talk', () => {
  expect(turnsIn('name,rating,comment\nAnn,5,Good.\nBo,1,Bad.\nCy,3,Fair.')).toBeNull();
  expect(
    turnsIn('[{"name":"Lamp","value":"10"},{"name":"Desk","value":"20"},{"name":"Lamp","value":"11"}]'),
  ).toBeNull();
});
