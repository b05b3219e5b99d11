import MiniSearch from 'minisearch';
import { expect, it } from 'vitest';
import { rankingOf } from '../../src/simulator/relevance.ts';
import { stemOf, stopWords } from '../../src/text/words.ts';

const texts = [
  'Inspectors enter every declared site at a day’s notice, and report what they find there.',
  'The port authority pays for the new quay; the ferries pay a fee for each landing at the quay.',
  'Sanctions on coal are lifted when the inspectors have seen the first site closed.',
  'A fee for landing is fair where the quay was built with public money.',
];

it('ranks texts as MiniSearch’s own search for all the words does, score for score', () => {
  const index = new MiniSearch({
    fields: ['text'],
    tokenize: (text) => text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [],
    processTerm: (term) => (stopWords.has(term.toLowerCase()) ? null : stemOf(term.toLowerCase())),
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  const ranking = rankingOf(texts);
  for (const query of [
    'Who pays the landing fee at the quay, and is the fee fair?',
    'inspectors, inspectors and sites: sites that inspectors have seen closed',
    'public money',
    'the of and',
    'nothing here is about whales',
  ]) {
    const expected = index.search(query, { combineWith: 'OR' });
    expect(ranking.rank(query)).toEqual(expected.map(({ id, score }) => ({ index: id, score })));
  }
});
