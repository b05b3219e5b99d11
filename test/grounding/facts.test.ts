import { expect, test } from 'vitest';
import { findFacts, isKnown, knownFacts, termsOf } from '../../src/grounding/facts.ts';

const keys = (text: string) => findFacts(text).map(({ kind, key }) => `${kind} ${key}`);
const unknown = (text: string, ...sources: string[]) =>
  findFacts(text)
    .filter((fact) => !isKnown(fact, sources.map(knownFacts)))
    .map((fact) => fact.text);

test.each([
  ['day, month and year', 'on 28 February 2019 they met', ['date 2019-02-28']],
  ['month first', 'on February 28, 2019 they met', ['date 2019-02-28']],
  ['short months and ordinals', 'on the 1st of Sept. they met', ['date 09-01']],
  ['month and year', 'in February 2019 they met', ['date 2019-02']],
  ['an ISO date', 'on 2019-02-28 they met', ['date 2019-02-28']],
  ['a year and a decade', 'in 1994, as in the 1980s', ['date 1994', 'date 1980']],
  ['thousands', 'some 1,500 trucks', ['number 1500']],
  [
    'millions and percent',
    'for $2.5 million, or 30 percent, or 30%',
    ['number 2500000', 'number 30%', 'number 30%'],
  ],
  ['large numbers in words', 'thirty-five boats', ['number 35']],
  ['small numbers in words count in passing', 'two sides and three boats', []],
  ['ordinals in digits', 'the 38th parallel', ['number 38']],
  ['a name in mid-sentence', 'they went to Geneva', ['name geneva']],
  [
    'a name of several words',
    'the Center for the National Interest says',
    ['name center for the national interest'],
  ],
  ['initials with dots', 'with U.S. trucks', ['name us']],
  ['capitals at the beginning', 'IAEA staff came', ['name iaea']],
  ['a possessive', 'they took Geneva’s boats', ['name geneva']],
  ['two names joined by "and"', 'both Geneva and Oslo', ['name geneva', 'name oslo']],
  ['a first word that is none', 'Bridges cost money', []],
  ['an opener before a name', 'The North Bank pays', ['name north bank']],
  ['a verb before a name', 'Closing Yongbyon helps', ['name yongbyon']],
  ['pronouns', 'It is what I want, and what I’ve said', []],
])('%s', (_, text, expected) => {
  expect(keys(text)).toEqual(expected);
});

test('a first word that the text also has in mid-sentence is a name there too', () => {
  expect(keys('Geneva waits. They love Geneva.')).toEqual(['name geneva', 'name geneva']);
});

test.each([
  ['citations', 'as it says [P12]'],
  ['list marks', '1. first\n2. second'],
  ["the debate's own numbers", 'in round 3 of 6, after turn 17'],
  ['addresses', 'see https://example.org/2019/30'],
])('%s hold no facts', (_, text) => {
  expect(keys(text)).toEqual([]);
});

test('terms are the facts, each once', () => {
  expect(termsOf('in Geneva, 30 boats; in Geneva, 30 more')).toEqual(['name geneva', 'number 30']);
});

test.each([
  ['a number in words vouches for digits', '3 boats', 'three boats'],
  ['a full date vouches for its month', 'in February 2019', 'on 28 February 2019'],
  ['a name vouches for its people', 'the North Koreans', 'North Korea'],
  ['and the people for the name', 'the land of North Korea', 'two North Koreans'],
  ['initials vouch for the name', 'the United States', 'the US and others'],
  ['and the name for its initials', 'what the US wants', 'the United States'],
  ['long initials too', "the Democratic People's Republic of Korea", 'the DPRK'],
  ['a first name may be left out', 'as Kazianis said', 'Harry Kazianis'],
])('%s', (_, text, source) => {
  expect(unknown(text, source)).toEqual([]);
});

test.each([
  ['a number that the source does not have', 'some 45 boats', '40 boats', ['45']],
  ['percent where the source has a plain number', '30% of boats', '30 boats', ['30%']],
  ['another month of the year', 'in March 2019', 'in February 2019', ['March 2019']],
  ['a first name made up', 'as John Kazianis said', 'Harry Kazianis', ['John Kazianis']],
  ['a name of which only a part is known', 'the Brookings Bridge', 'a bridge', ['Brookings Bridge']],
])('%s is unknown', (_, text, source, expected) => {
  expect(unknown(text, source)).toEqual(expected);
});
