import { remembering } from '../../../src/text/memo.ts';

/** A piece of a text, verbatim; `at` is its offset. */
export interface Piece {
  text: string;
  at: number;
}

// A letter and a full stop are an initial, but "Party A." is a masked name at the end of a sentence.
const abbreviation =
  /(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|approx|Gen|Sen|Rep|Gov|Inc|Ltd|Co|Art|Sec)|(?<!\bParty )\b[A-Z](?:\.[A-Z])*)\.$/;

/** The sentences of a text, verbatim and trimmed; a citation after the full stop stays with its sentence. */
export const sentencesOf: (text: string) => readonly Piece[] = remembering(600, (text: string) => {
  const pieces: Piece[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?…]+["'”’)\]]*(?:\s*\[P\d+\])*(?=\s|$)|\n{2,}|\n(?=\s*[-*•\d])/g)) {
    const end = match.index + match[0].length;
    const soFar = text.slice(start, end);
    if (match[0] === '.' && abbreviation.test(soFar) && /^\s+\p{L}/u.test(text.slice(end))) continue;
    if (/^\s+\p{Ll}/u.test(text.slice(end)) && !match[0].startsWith('\n')) continue;
    push(pieces, text, start, end);
    start = end;
  }
  push(pieces, text, start, text.length);
  return pieces;
});

const boundary =
  /;\s+|:\s+|\s+[—–]\s+|\s+-\s+|,?\s+(?:but|however|whereas|although)\s+(?!not\b)|,\s+(?:though|while|yet)\s+|,\s+(?:and|so)\s+(?=(?:we|I|our|my|on|they|you|he|she|it)\b)/g;

/** The clauses of a sentence as far as punctuation and conjunctions show them. */
export function clausesOf(sentence: Piece): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const match of sentence.text.matchAll(boundary)) {
    push(pieces, sentence.text, start, match.index);
    start = match.index + match[0].length;
  }
  push(pieces, sentence.text, start, sentence.text.length);
  return pieces.map((piece) => ({ text: piece.text, at: piece.at + sentence.at }));
}

function push(pieces: Piece[], text: string, start: number, end: number): void {
  const raw = text.slice(start, end);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  pieces.push({ text: trimmed, at: start + raw.indexOf(trimmed) });
}
