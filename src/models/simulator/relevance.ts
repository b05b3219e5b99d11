import MiniSearch from 'minisearch';
import { remembering } from '../../convergence/lexical/bounded-map.ts';
import { contentStems, stemOf, stopWords } from '../../convergence/lexical/words.ts';
import type { Passage } from '../../debate/agenda.ts';

/** Ranks texts by how much they bear on a query (BM25 as in MiniSearch, Robertson and Zaragoza 2009), best first. */
export interface Ranking {
  /** Indexes into the texts with their scores above 0. */
  rank(query: string): { index: number; score: number }[];
}

export function rankingOf(texts: readonly string[]): Ranking {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [],
    processTerm: (term) => {
      const lower = term.toLowerCase();
      return stopWords.has(lower) ? null : stemOf(lower);
    },
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return {
    rank: (query) =>
      index.search(query, { combineWith: 'OR' }).map(({ id, score }) => ({ index: id as number, score })),
  };
}

const separator = '\u0000';
const rankingOfJoined = remembering(300, (joined: string) => rankingOf(joined.split(separator)));

/** The same for few texts that come back often, such as a persona's arguments. */
export function rankingOnce(texts: readonly string[]): Ranking {
  return rankingOfJoined(texts.join(separator));
}

/** Stems that a passage shares with a text and that not half of all passages hold: what a citation can rest on. */
export function sharedTerms(text: string, passage: Passage, all: readonly Passage[]): string[] {
  const inPassage = stemsOf(passage.text);
  const terms = [...stemsOf(text)].filter((stem) => inPassage.has(stem));
  return terms.filter(
    (stem) => all.filter((other) => stemsOf(other.text).has(stem)).length <= Math.max(2, all.length / 3),
  );
}

const stemsOf = remembering(500, (text: string) => new Set(contentStems(text)));
