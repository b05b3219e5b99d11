import MiniSearch from 'minisearch';
import type { Passage } from '../debate/agenda.ts';
import { remembering, rememberingFor } from '../text/memo.ts';
import { contentStems, stemOf, stopWords } from '../text/words.ts';

/** Ranks texts by how much they bear on a query (BM25 as in MiniSearch, Robertson and Zaragoza 2009), best first. */
export interface Ranking {
  /** Indexes into the texts with their scores above 0. */
  rank(query: string): readonly { index: number; score: number }[];
}

const mostTerms = 1000;
const mostQueries = 200;

export function rankingOf(texts: readonly string[]): Ranking {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: wordsIn,
    processTerm: termOf,
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  const scoresOf = remembering(mostTerms, (term: string): Score[] =>
    index
      .search(term, { tokenize: (whole) => [whole], processTerm: (whole) => whole })
      .map(({ id, score }) => ({ index: id as number, score }))
      .sort((one, other) => one.index - other.index),
  );
  return {
    rank: remembering(mostQueries, (query: string) =>
      summed(
        wordsIn(query).flatMap((word) => termOf(word) ?? []),
        scoresOf,
      ),
    ),
  };
}

interface Score {
  index: number;
  score: number;
}

/**
 * What MiniSearch gives for several terms, from what it gives for each of them, which comes back often: scores are added up, and
 * multiplied by how many different terms a text holds.
 */
function summed(terms: readonly string[], scoresOf: (term: string) => readonly Score[]): Score[] {
  const found = new Map<number, Score & { terms: Set<string> }>();
  for (const term of terms) {
    for (const { index, score } of scoresOf(term)) {
      const known = found.get(index);
      if (known) {
        known.score += score;
        known.terms.add(term);
      } else found.set(index, { index, score, terms: new Set([term]) });
    }
  }
  return Array.from(found.values(), ({ index, score, terms }) => ({ index, score: score * terms.size })).sort(
    (one, other) => other.score - one.score,
  );
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
}

/** What a word is looked up by; null for one that means nothing by itself. */
function termOf(word: string): string | null {
  const lower = word.toLowerCase();
  return stopWords.has(lower) ? null : stemOf(lower);
}

const separator = '\u0000';
const rankingOfJoined = remembering(80, (joined: string) => rankingOf(joined.split(separator)));

/** The same for few texts that come back often, such as a persona's arguments. */
export function rankingOnce(texts: readonly string[]): Ranking {
  return rankingOfJoined(texts.join(separator));
}

/** Stems that a passage shares with a text and that not half of all passages hold: what a citation can rest on. */
export function sharedTerms(text: string, passage: Passage, all: readonly Passage[]): string[] {
  const inPassage = stemsOf(passage.text);
  const holders = holdersIn(all);
  const most = Math.max(2, all.length / 3);
  return [...stemsOf(text)].filter((stem) => inPassage.has(stem) && (holders.get(stem) ?? 0) <= most);
}

/** How many passages hold a stem, counted once for each article. */
const holdersIn = rememberingFor((all: readonly Passage[]) => {
  const holders = new Map<string, number>();
  for (const { text } of all) {
    for (const stem of stemsOf(text)) holders.set(stem, (holders.get(stem) ?? 0) + 1);
  }
  return holders;
});

const stemsOf = remembering(500, (text: string) => new Set(contentStems(text)));
