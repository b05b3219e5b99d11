import { type Sentence, sentencesOf } from '../text/sentences.ts';
import type { Citation } from './citations.ts';
import type { Quotation } from './quotations.ts';

/** A sentence that says how things are, and so wants a source. */
export interface Claim extends Sentence {
  /** Labels that stand in it. */
  citations: string[];
}

/**
 * The claims of a speech: sentences that cite something, quote four words or more, or were read as a statement of fact (`stated`). No words of
 * a sentence decide it: whether an uncited one states or offers something, only a reader can tell, and what nobody read is not counted.
 */
export function claimsIn(
  text: string,
  citations: readonly Citation[],
  /** Without those of other speakers and of questions, whose words are on record. */
  quotations: readonly Quotation[],
  stated: readonly Stretch[],
): Claim[] {
  const sentences = sentencesOf(text);
  const citationsIn = partsIn(sentences, citations);
  const quotationsIn = partsIn(sentences, quotations);
  return sentences.flatMap((sentence, place) => {
    const cited = (citationsIn[place] ?? []).map(({ label }) => label);
    const isClaim =
      cited.length > 0 ||
      (quotationsIn[place] ?? []).some(({ kind }) => kind === 'quotation') ||
      touches(sentence, stated);
    return isClaim ? [{ ...sentence, citations: cited }] : [];
  });
}

/** A part of a text by its offsets. */
export interface Stretch {
  start: number;
  end: number;
}

export function touches({ start, end }: Stretch, others: readonly Stretch[]): boolean {
  return others.some((other) => start < other.end && other.start < end);
}

/** Where words stand in a text; those that do not are left out. */
export function stretchesOf(words: readonly string[], text: string): Stretch[] {
  return words.flatMap((one) => {
    const start = text.indexOf(one);
    return start < 0 ? [] : [{ start, end: start + one.length }];
  });
}

/** The parts that lie inside each sentence; both in the order of the text. */
export function partsIn<Part extends Stretch>(
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
