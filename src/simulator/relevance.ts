import type { Passage } from '../debate/agenda.ts';
import { remembering, rememberingFor } from '../text/memo.ts';
import { contentStems, stemOf, stopWords } from '../text/words.ts';

/**
 * Ranks texts by how much they bear on a query, best first: BM25+ (Robertson and Zaragoza 2009, Lv and Zhai 2011), each text's score
 * multiplied by how many of the query's different terms it holds, as MiniSearch does.
 */
export interface Ranking {
  /** Indexes into the texts with their scores above 0. */
  rank(query: string): readonly Score[];
}

interface Score {
  index: number;
  score: number;
}

/** MiniSearch's parameters. */
const [k, b, d] = [1.2, 0.7, 0.5];

export function rankingOf(texts: readonly string[]): Ranking {
  const holders = new Map<string, Map<number, number>>();
  const lengths: number[] = [];
  let average = 0;
  for (const [index, text] of texts.entries()) {
    const { terms, length } = termsIn(text);
    lengths.push(length);
    average = (average * index + length) / (index + 1);
    for (const term of terms) {
      const counts = holders.get(term) ?? new Map<number, number>();
      holders.set(term, counts.set(index, (counts.get(index) ?? 0) + 1));
    }
  }
  const scored = new Map<string, readonly Score[]>();
  for (const [term, counts] of holders) {
    const rarity = Math.log(1 + (texts.length - counts.size + 0.5) / (counts.size + 0.5));
    const scores = Array.from(counts, ([index, count]) => {
      const saturated =
        (count * (k + 1)) / (count + k * (1 - b + (b * (lengths[index] as number)) / average));
      return { index, score: rarity * (d + saturated) };
    });
    scored.set(term, scores);
  }
  return { rank: (query) => summed(termsIn(query).terms, scored) };
}

function summed(terms: readonly string[], scored: ReadonlyMap<string, readonly Score[]>): Score[] {
  const found = new Map<number, Score & { terms: number }>();
  for (const [place, term] of terms.entries()) {
    const isNew = terms.indexOf(term) === place ? 1 : 0;
    for (const { index, score } of scored.get(term) ?? []) {
      const known = found.get(index);
      if (known) {
        known.score += score;
        known.terms += isNew;
      } else found.set(index, { index, score, terms: 1 });
    }
  }
  return Array.from(found.values(), ({ index, score, terms }) => ({ index, score: score * terms })).sort(
    (one, other) => other.score - one.score,
  );
}

/** What the words of a text are looked up by, without those that mean nothing by themselves; and how many different words it has. */
const termsIn = remembering(1000, (text: string) => {
  const words = text.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
  const lower = words.map((word) => word.toLowerCase()).filter((word) => !stopWords.has(word));
  return { terms: lower.map(stemOf), length: new Set(words).size };
});

/** The same for few texts that come back often, such as what a persona has left to say on an issue. */
export function rankingOnce(texts: readonly string[]): Ranking {
  return rankingOfJoined(texts.join(separator));
}

const separator = '\u0000';
const rankingOfJoined = remembering(200, (joined: string) => rankingOf(joined.split(separator)));

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
