import { remembered, remembering } from '../text/memo.ts';
import { withoutCitations } from './citations.ts';

/** A text with its typography evened out, and the way back to the original. */
export interface NormalisedText {
  text: string;
  /** Where the stretch from `start` to `end` of the normalised text lies in the original. */
  original(start: number, end: number): { start: number; end: number };
}

const quotationMarks =
  /["'\u00ab\u00b4\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07\uff62\uff63<>]/;
const dashes = /[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
/** Soft hyphens, zero-width marks, and the marks of Markdown emphasis and code. */
const unseen = /[*_`\u00ad\u200b-\u200f\u2060\ufeff]/;

/** Vowel marks of Arabic and Hebrew and the Arabic stretching stroke: most writing leaves them out, and so do models when they copy. */
const vowelMarks = /[\u0591-\u05bd\u05bf-\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]/g;

/** Marks that take no space before them. */
const closesUp = '-.,;:!?';

/** What becomes of single units, by their code: unknown yet, one unit, none, or several; filled as they come. */
const outcomes = new Uint8Array(0x10000);
const [asOne, asNone, asSeveral] = [1, 2, 3];
const units = new Uint16Array(0x10000);
const several = new Map<number, string>();

/** Does a unit combine with the letter before it? 1 for yes, 2 for no, 0 for not yet known. */
const combining = new Uint8Array(0x10000);

/** What becomes of letters with marks, and of characters of two units. */
const evened = remembering(4000, workedOut);

/**
 * Evens out what typesetting and models change without changing words: all quotation marks become the same, a
 * run of dashes with or without spaces round it is one dash, a run of spaces one space, an ellipsis three dots; case,
 * ligatures, composed accents, vowel marks that are mostly left out, soft hyphens, Markdown emphasis and citations such as [P3] make no difference. < and > count as quotation
 * marks because prompts show them as such. Linear in the text.
 */
export const normalise = remembered(normalised);

function normalised(text: string): NormalisedText {
  const plain = withoutCitations(text);
  // Units and offsets in typed arrays: lists of strings and numbers cost too much for a text of a megabyte.
  let letters = new Uint16Array(plain.length + 16);
  let starts = new Uint32Array(plain.length + 16);
  let ends = new Uint32Array(plain.length + 16);
  let length = 0;
  let last = 0;
  const put = (unit: number, start: number, end: number) => {
    if (unit === space && (length === 0 || last === space || last === dash)) return;
    if (unit === dash && last === dash) {
      ends[length - 1] = end;
      return;
    }
    if (last === space && closesUp.includes(String.fromCharCode(unit))) length--;
    letters[length] = unit;
    starts[length] = start;
    ends[length] = end;
    length++;
    last = unit;
  };
  for (let start = 0, end = 0; start < plain.length; start = end) {
    end = clusterEnd(plain, start);
    const code = plain.charCodeAt(start);
    const outcome = end === start + 1 ? outcomes[code] || outcomeOf(code) : asSeveral;
    if (outcome === asNone) continue;
    if (outcome === asOne) {
      put(units[code] as number, start, end);
      continue;
    }
    const even = end === start + 1 ? (several.get(code) ?? '') : evened(plain.slice(start, end));
    if (length + even.length > letters.length - 16) {
      letters = grown(letters, new Uint16Array(letters.length * 2 + even.length));
      starts = grown(starts, new Uint32Array(letters.length));
      ends = grown(ends, new Uint32Array(letters.length));
    }
    if (even.length === 1) put(even.charCodeAt(0), start, end);
    else
      for (let at = 0; at < even.length; at++) {
        letters[length] = last = even.charCodeAt(at);
        starts[length] = start;
        ends[length] = end;
        length++;
      }
  }
  return {
    text: decoder.decode(letters.subarray(0, length)),
    original: (start, end) => ({
      start: start < length ? (starts[start] as number) : text.length,
      end: end > 0 && end <= length ? (ends[end - 1] as number) : 0,
    }),
  };
}

const [space, dash] = [0x20, 0x2d];

/** The units as a text, ten times faster than one by one; half of a broken pair becomes a mark of one unit. */
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/** Where a letter ends with the marks that combine with it. */
function clusterEnd(text: string, start: number): number {
  let end = start + unitsAt(text, start);
  while (end < text.length && isCombining(text, end)) end += unitsAt(text, end);
  return end;
}

function unitsAt(text: string, at: number): 1 | 2 {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff) return 1;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}

function isCombining(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x300) return false;
  if (unitsAt(text, at) === 2) return isMark(text.slice(at, at + 2));
  combining[code] ||= isMark(String.fromCharCode(code)) ? 1 : 2;
  return combining[code] === 1;
}

const isMark = remembering(4000, (character: string) => /^\p{M}/u.test(character));

function outcomeOf(code: number): number {
  const even = workedOut(String.fromCharCode(code));
  if (even.length === 1) units[code] = even.charCodeAt(0);
  else if (even.length > 1) several.set(code, even);
  const outcome = even === '' ? asNone : even.length === 1 ? asOne : asSeveral;
  outcomes[code] = outcome;
  return outcome;
}

function grown<List extends Uint16Array | Uint32Array>(list: List, larger: List): List {
  larger.set(list);
  return larger;
}

function workedOut(cluster: string): string {
  if (unseen.test(cluster)) return '';
  if (/^\s/.test(cluster)) return ' ';
  if (quotationMarks.test(cluster)) return "'";
  if (dashes.test(cluster)) return '-';
  return cluster.normalize('NFKC').replace(vowelMarks, '').toLowerCase();
}
