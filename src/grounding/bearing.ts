import { remembering } from '../text/memo.ts';
import { mostLetters } from '../text/words.ts';
import { withoutCitations } from './citations.ts';

/** Says how far the words of a sentence bear on each of some texts. */
export interface Bearing {
  /** 0..1; 0 where the sentence has no content words. */
  of(sentence: string, text: string): number;
}

const stopWords = new Set(
  `the and for that this with from are was were have has had not but you your our their they them his her its who what when where which
will would can could should may might must shall been being than then there here into onto over under about after before because since
until while also only just more most much many some any each every other another such same very too all both one two`.split(
    /\s+/,
  ),
);

/** Letters that stand for a word, so that lift, lifts and lifting compare alike. */
const stemLength = 6;

/**
 * Lexical bearing: the share of a sentence's content words, each weighted by how rare it is among the passages (inverse document
 * frequency, Sparck Jones 1972: ln(1 + N / n)), that the text has too. It sees words and not meaning: a true paraphrase in other
 * words bears little, so it is a hint for a reader and no proof.
 */
export function bearingAmong(passages: readonly string[]): Bearing {
  const counts = new Map<string, number>();
  for (const passage of passages) {
    for (const stem of stemsOf(passage)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const weights = new Map([...counts].map(([stem, count]) => [stem, Math.log(1 + passages.length / count)]));
  const unknown = Math.log(1 + passages.length / 0.5);
  const weightOf = (stem: string) => weights.get(stem) ?? unknown;
  return {
    of(sentence, text) {
      const inText = stemsOf(text);
      let shared = 0;
      let total = 0;
      for (const stem of stemsOf(sentence)) {
        total += weightOf(stem);
        if (inText.has(stem)) shared += weightOf(stem);
      }
      return total === 0 ? 0 : shared / total;
    },
  };
}

/** A sentence is held against many passages and anchors, and each of them against many sentences. */
const stemsOf = remembering(256, (text: string): ReadonlySet<string> => {
  const words =
    withoutCitations(text.slice(0, mostLetters))
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => (word.length > 2 || /\d/.test(word)) && !stopWords.has(word)).map(stemOf),
  );
});

function stemOf(word: string): string {
  return word.replace(/(?<=\p{L}{3})(?:ing|ed|es|s)$/u, '').slice(0, stemLength);
}
