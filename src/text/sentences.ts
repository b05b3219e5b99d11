import { remembering } from './memo.ts';
import { matchesIn } from './words.ts';

/** A sentence with its place in the text; citations behind its full stop belong to it. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

const abbreviation =
  /(?:^|[\s("'\u201c\u2018])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|St|vs|No|Nos|Art|e\.g|i\.e|cf|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/;

/** The end of a sentence: its stop, closing marks, and citations that follow it. A full-width stop needs no space behind it, unless a quotation closes with it. */
const ending =
  /(?<![.!?\u2026])[.!?\u2026\u061f\u06d4\u0964]+["'\u201d\u2019\u00bb)\]*_]*(?:\s*\[[PT]\d[^\]\n]*\])*(?=\s|$)|[\u3002\uff01\uff1f\uff61]+(?:[\u300d\u300f\u201d\uff09)]+(?=\s|$|\[)|(?![\u3002\uff01\uff1f\uff61\u300d\u300f\u201d\uff09)]))(?:\s*\[[PT]\d[^\]\n]*\])*|\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-*\u2022]|\d+[.)])\s)/g;

/** What stands somewhere inside a text of more than one sentence. */
const innerEnd =
  /[.!?\u2026\u061f\u06d4\u0964]["'\u201d\u2019\u00bb)\]*_]*[\s[]|[\u3002\uff01\uff1f\uff61\n]/;

/** Splits prose into sentences. An abbreviation, an initial or a lower-case word behind a full stop ends nothing. */
export function splitSentences(text: string): readonly Sentence[] {
  if (text !== '' && !innerEnd.test(text) && text.trim() === text)
    return [{ text, start: 0, end: text.length }];
  const sentences: Sentence[] = [];
  let start = 0;
  const close = (end: number) => {
    const raw = text.slice(start, end);
    const words = raw.trim();
    if (words !== '') {
      const from = end - raw.trimStart().length;
      sentences.push({ text: words, start: from, end: from + words.length });
    }
    start = end;
  };
  for (const match of matchesIn(text, ending)) {
    const end = match.index + match[0].length;
    const isBreak = match[0].startsWith('\n');
    if (!isBreak && goesOn(text, match.index, end)) continue;
    close(end);
  }
  close(text.length);
  return sentences;
}

/** The same for texts that come back, such as the speeches of the debates under way. */
export const sentencesOf = remembering(400, splitSentences);

function goesOn(text: string, stop: number, end: number): boolean {
  if (/\s/.test(text.charAt(end)) && /^\s+\p{Ll}/u.test(text.slice(end, end + 6))) return true;
  return (
    text[stop] === '.' && abbreviation.test(text.slice(Math.max(0, stop - 12), stop + 1)) && end < text.length
  );
}
