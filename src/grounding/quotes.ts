import { nearest } from './near-match.ts';
import { normalise } from './normalised-text.ts';

/** A stretch of words in a comparison of a quotation with its source. */
export interface DiffPart {
  /** added: only in the quotation; missing: only in the source. */
  kind: 'same' | 'added' | 'missing';
  text: string;
}

/**
 * How a quotation stands in a text; start and end are offsets of the original text.
 * - exact: letter by letter
 * - normalised: word for word; typography, case or an honest ellipsis differ
 * - near: most words, in order: a misquote, with the share of words that match and the difference
 */
export type QuoteMatch =
  | { kind: 'exact' | 'normalised'; start: number; end: number }
  | { kind: 'near'; start: number; end: number; similarity: number; diff: DiffPart[] }
  | { kind: 'absent' };

/** Letters that an ellipsis may leave out of a quotation: about three sentences. */
const longestGap = 400;

const letter = /[\p{L}\p{N}]/u;
const ellipsis = /\s*[[(]?\s*(?:\u2026|\.\s?\.\s?\.)\s*[\])]?\s*/;
const outerPunctuation = /^[\s.,;:!?'()-]+|[\s.,;:!?'()-]+$/g;

/** Looks for a quotation in a text. Linear in the text but for near matches, whose work is words of the one by words of the other. */
export function findQuote(quote: string, text: string): QuoteMatch {
  const exact = placeOf(quote.trim(), text, 0);
  if (exact !== null) return { kind: 'exact', start: exact, end: exact + quote.trim().length };
  const verbatim = findNormalised(quote, text);
  if (verbatim) return { kind: 'normalised', ...verbatim };
  const near = nearest(quote, text);
  return near ? { kind: 'near', ...near } : { kind: 'absent' };
}

/** Where a quotation stands in a text word for word (exact or normalised); null where it does not. */
export function matchQuote(quote: string, text: string): { start: number; end: number } | null {
  const exact = placeOf(quote.trim(), text, 0);
  return exact !== null ? { start: exact, end: exact + quote.trim().length } : findNormalised(quote, text);
}

/** Each part between ellipses must follow the last one within reach. */
function findNormalised(quote: string, text: string): { start: number; end: number } | null {
  const parts = quote
    .split(ellipsis)
    .map((part) => normalise(part).text.replace(outerPunctuation, ''))
    .filter((part) => part !== '');
  const source = normalise(text);
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  let start = placeOf(first, source.text, 0);
  while (start !== null) {
    const end = endOfRest(rest, source.text, start + first.length);
    if (end !== null) return source.original(start, end);
    start = rest.length === 0 ? null : placeOf(first, source.text, start + 1);
  }
  return null;
}

function endOfRest(parts: readonly string[], text: string, from: number): number | null {
  let end = from;
  for (const part of parts) {
    const place = placeOf(part, text.slice(0, end + longestGap + part.length), end);
    if (place === null) return null;
    end = place + part.length;
  }
  return end;
}

/** The first place of whole words; null for none. */
function placeOf(words: string, text: string, from: number): number | null {
  if (words === '') return null;
  let place = text.indexOf(words, from);
  while (place >= 0) {
    if (!isInsideWord(text, place) && !isInsideWord(text, place + words.length)) return place;
    place = text.indexOf(words, place + 1);
  }
  return null;
}

function isInsideWord(text: string, place: number): boolean {
  return letter.test(text[place - 1] ?? '') && letter.test(text[place] ?? '');
}
