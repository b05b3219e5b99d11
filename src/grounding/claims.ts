import { type Sentence, sentencesOf } from '../text/sentences.ts';
import type { Citation } from './citations.ts';
import { withoutCitations } from './citations.ts';
import type { Fact } from './numbers.ts';
import type { Quotation } from './quotations.ts';

/** A sentence that says how things are, and so wants a source. */
export interface Claim extends Sentence {
  /** Labels that stand in it. */
  citations: string[];
}

/** Fewer words claim nothing. */
const fewestWords = 5;

/** What somebody wants, offers or foresees: a stand, not a claim. */
const stance =
  /\b(?:must|should|shall|will|would|could|can|cannot|can't|won't|may|might|ought|need(?:s)? to|let us|let's|i|we|our|us|you|your|my|propose|demand|insist|offer|expect|suggest|ask|urge|if)\b/i;

/**
 * The claims of a speech: sentences of five words or more, no questions, that
 * - cite something, or
 * - quote four words or more, or hold a number or a date, or
 * - hold a name and neither address, demand, offer nor foresee anything (no must, will, if, we, you and the like).
 */
export function claimsIn(
  text: string,
  citations: readonly Citation[],
  /** Without those of other speakers, whose words are on record. */
  quotations: readonly Quotation[],
  /** Without the names of the cast. */
  facts: readonly Fact[],
): Claim[] {
  const sentences = sentencesOf(text);
  const citationsIn = partsIn(sentences, citations);
  const quotationsIn = partsIn(sentences, quotations);
  const factsIn = partsIn(sentences, facts);
  return sentences.flatMap((sentence, place) => {
    const cited = (citationsIn[place] ?? []).map(({ label }) => label);
    const words = withoutCitations(sentence.text);
    const own = factsIn[place] ?? [];
    const isClaim =
      cited.length > 0 ||
      (isStatement(words) &&
        ((quotationsIn[place] ?? []).some(({ kind }) => kind === 'quotation') ||
          own.some(({ kind }) => kind !== 'name') ||
          (own.length > 0 && !stance.test(words))));
    return isClaim ? [{ ...sentence, citations: cited }] : [];
  });
}

/** The parts that lie inside each sentence; both in the order of the text. */
export function partsIn<Part extends { start: number; end: number }>(
  sentences: readonly Sentence[],
  parts: readonly Part[],
): Part[][] {
  let next = 0;
  return sentences.map(({ start, end }) => {
    const inside: Part[] = [];
    for (let part = parts[next]; part && part.start < end; part = parts[++next]) {
      if (part.start >= start && part.end <= end) inside.push(part);
    }
    return inside;
  });
}

function isStatement(words: string): boolean {
  return (
    !words.trim().endsWith('?') &&
    (words.match(/[\p{L}\p{N}][\p{L}\p{N}'\u2019-]*/gu) ?? []).length >= fewestWords
  );
}
