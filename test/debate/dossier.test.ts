import { describe, expect, test } from 'vitest';
import { isDealtTo } from '../../src/debate/article-facts.ts';
import {
  joinedArticles,
  placeInWords,
  sourceBeginning,
  sourceInWords,
  sourceOf,
} from '../../src/debate/dossier.ts';
import type { Article } from '../../src/debate/setup.ts';

const article = (title: string, date: string, texts: readonly string[]): Article => ({
  ...{ title, source: 'The Gazette', date, licence: '', sha256: 'a'.repeat(64) },
  passages: texts.map((text, place) => ({ number: place + 1, text })),
});
const first = article('On rivers', '2026-01-02', ['One.', 'Two.']);
const second = article('On lakes', '', ['Three.']);
const third = article('On seas', '2026-01-02', ['Four.', 'Five.']);
const joined = joinedArticles([first, second, third], (passages) => `hash of ${passages.length}`);

describe('a dossier', () => {
  test('numbers the passages of all its articles in one row', () => {
    expect(joined.passages.map(({ number, text }) => `${number} ${text}`)).toEqual([
      ...['1 One.', '2 Two.', '3 Three.', '4 Four.', '5 Five.'],
    ]);
    expect(joined.sources?.map(({ title, first }) => [title, first])).toEqual([
      ['On rivers', 1],
      ['On lakes', 3],
      ['On seas', 4],
    ]);
    expect(joined.sha256).toBe('hash of 5');
  });

  test('has the title, source and date of each, once', () => {
    expect(joined).toMatchObject({
      ...{ title: 'On rivers; On lakes; On seas', source: 'The Gazette', date: '2026-01-02', licence: '' },
    });
  });

  test('of one article is that article, and of none an empty one', () => {
    expect(joinedArticles([first], () => '')).toBe(first);
    expect(joinedArticles([], () => 'none')).toMatchObject({ passages: [], sources: [], sha256: 'none' });
  });

  test('tells of each passage which article it is from, and where one begins', () => {
    const numbers = [1, 2, 3, 4, 5];
    expect(numbers.map((number) => sourceOf(joined, number)?.title)).toEqual([
      ...['On rivers', 'On rivers', 'On lakes', 'On seas', 'On seas'],
    ]);
    expect(numbers.map((number) => sourceBeginning(joined, number)?.title ?? null)).toEqual([
      ...['On rivers', null, 'On lakes', 'On seas', null],
    ]);
    expect([sourceOf(first, 1), sourceBeginning(first, 1)]).toEqual([null, null]);
  });

  test('names a source with what is known of it, and a passage with source and page', () => {
    expect(joined.sources?.map(sourceInWords)).toEqual([
      '“On rivers”, The Gazette, 2026-01-02',
      '“On lakes”, The Gazette',
      '“On seas”, The Gazette, 2026-01-02',
    ]);
    expect(placeInWords(joined, { number: 3, text: 'Three.', place: 'page 2' })).toBe('On lakes, page 2');
    expect(placeInWords(joined, { number: 4, text: 'Four.' })).toBe('On seas');
    expect(placeInWords(first, { number: 1, text: 'One.' })).toBe('');
  });
});

test('a fact is dealt to those who were dealt its passage, and to all who were dealt none', () => {
  expect(isDealtTo({ passage: 2 }, {})).toBe(true);
  expect(isDealtTo({ passage: 2 }, { knows: [1, 2] })).toBe(true);
  expect(isDealtTo({ passage: 2 }, { knows: [] })).toBe(false);
});
