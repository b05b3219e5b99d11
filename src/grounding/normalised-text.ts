import { remembered } from '../text/memo.ts';
import { withoutCitations } from './citations.ts';

/** A text with its typography evened out, and the way back to the original. */
export interface NormalisedText {
  text: string;
  /** Where the stretch from `start` to `end` of the normalised text lies in the original. */
  original(start: number, end: number): { start: number; end: number };
}

const quotationMarks = /["'\u00ab\u00b4\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a<>]/;
const dashes = /[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
/** Soft hyphens, zero-width marks, and the marks of Markdown emphasis and code. */
const unseen = /[*_`\u00ad\u200b-\u200f\u2060\ufeff]/;

/** Marks that take no space before them. */
const closesUp = /^[-.,;:!?]$/;

/** A letter with the marks that combine with it, so that composed and decomposed accents compare alike. */
const clusters = /[\s\S]\p{M}*/gu;

/**
 * Evens out what typesetting and models change without changing words: all quotation marks become the same, a
 * run of dashes with or without spaces round it is one dash, a run of spaces one space, an ellipsis three dots; case,
 * ligatures, composed accents, soft hyphens, Markdown emphasis and citations such as [P3] make no difference. < and > count as quotation
 * marks because prompts show them as such.
 */
export const normalise = remembered(normalised);

function normalised(text: string): NormalisedText {
  // A list and not a growing string: reading the end of a growing string copies it each time.
  const letters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let place = 0;
  for (const cluster of withoutCitations(text).match(clusters) ?? []) {
    const start = place;
    place += cluster.length;
    const even = evenOut(cluster);
    const last = letters.at(-1);
    if (even === ' ' && (last === undefined || last === ' ' || last === '-')) continue;
    if (even === '-' && last === '-') {
      ends[ends.length - 1] = place;
      continue;
    }
    if (last === ' ' && closesUp.test(even)) {
      letters.pop();
      starts.pop();
      ends.pop();
    }
    for (const unit of even.split('')) {
      letters.push(unit);
      starts.push(start);
      ends.push(place);
    }
  }
  return {
    text: letters.join(''),
    original: (start, end) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? 0 }),
  };
}

function evenOut(cluster: string): string {
  if (unseen.test(cluster)) return '';
  if (/^\s/.test(cluster)) return ' ';
  if (quotationMarks.test(cluster)) return "'";
  if (dashes.test(cluster)) return '-';
  return cluster.normalize('NFKC').toLowerCase();
}
