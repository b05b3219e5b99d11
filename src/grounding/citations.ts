import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { matchesIn } from '../text/words.ts';
import type { Quotation } from './quotations.ts';

/** One label that a text cites; `[P3, P5]` gives two. */
export interface Citation {
  /** As parley writes it: P3 for a passage, T7 for a turn. */
  label: string;
  kind: 'passage' | 'turn';
  number: number;
  /** Offsets of the bracket that holds it. */
  start: number;
  end: number;
}

/** Labels that a range may stand for; a longer one is a slip, and only its ends are taken. */
const longestRange = 20;

const label = '[PpTt]\\s?\\d{1,6}';
const joint = '\\s*(?:[,;/&]|and|-|\\u2013|\\u2014|to)\\s*';
const bracket = new RegExp(`\\[\\s*(?:${label})(?:${joint}(?:${label}|\\d{1,6}))*\\s*\\]`, 'g');
const part = /([PpTt])?\s?(\d{1,6})|(-|\u2013|\u2014|to)/g;

/** Finds [P3], [P3, P5], [P3-P5], [P3-5] and [T7] in a text, in its order. */
export function findCitations(text: string): Citation[] {
  return matchesIn(text, bracket).flatMap((match) => {
    const place = { start: match.index, end: match.index + match[0].length };
    return labelsIn(match[0]).map(({ kind, number }) => ({
      label: `${kind === 'passage' ? 'P' : 'T'}${number}`,
      kind,
      number,
      ...place,
    }));
  });
}

/** The text with its citations blanked out by spaces of the same length, so that offsets hold. */
export function withoutCitations(text: string): string {
  return text.replace(bracket, (match) => ' '.repeat(match.length));
}

function labelsIn(text: string): Pick<Citation, 'kind' | 'number'>[] {
  const labels: Pick<Citation, 'kind' | 'number'>[] = [];
  let kind: Citation['kind'] = 'passage';
  let isRange = false;
  for (const [, letter, digits, dash] of text.matchAll(part)) {
    if (dash !== undefined) {
      isRange = true;
      continue;
    }
    if (letter !== undefined) kind = letter.toUpperCase() === 'P' ? 'passage' : 'turn';
    const number = Number(digits);
    const last = labels.at(-1);
    if (isRange && last?.kind === kind && number - last.number <= longestRange) {
      for (let between = last.number + 1; between < number; between++) labels.push({ kind, number: between });
    }
    labels.push({ kind, number });
    isRange = false;
  }
  // A bracket may hold a megabyte of labels.
  return [...new Map(labels.map((one) => [`${one.kind} ${one.number}`, one])).values()];
}

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
