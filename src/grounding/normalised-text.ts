import { remembered } from '../text/memo.ts';
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

/** A run of letters and digits of plain ASCII, which only change their case; or a letter with the marks that combine with it. */
const clusters = /[A-Za-z0-9](?!\p{M})|[\s\S]\p{M}*/gu;

/** What becomes of single characters, by their code; filled as they come. */
const known: (string | undefined)[] = [];

/**
 * Evens out what typesetting and models change without changing words: all quotation marks become the same, a
 * run of dashes with or without spaces round it is one dash, a run of spaces one space, an ellipsis three dots; case,
 * ligatures, composed accents, vowel marks that are mostly left out, soft hyphens, Markdown emphasis and citations such as [P3] make no difference. < and > count as quotation
 * marks because prompts show them as such. Linear in the text.
 */
export const normalise = remembered(normalised);

function normalised(text: string): NormalisedText {
  const plain = withoutCitations(text);
  const letters: string[] = [];
  // Offsets in typed arrays: lists of numbers cost too much for a text of a megabyte.
  let starts = new Uint32Array(plain.length + 16);
  let ends = new Uint32Array(plain.length + 16);
  let length = 0;
  let last = '';
  const put = (unit: string, start: number, end: number) => {
    if (length === starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    letters[length] = unit;
    starts[length] = start;
    ends[length] = end;
    length++;
    last = unit;
  };
  let place = 0;
  for (const cluster of clustersOf(plain)) {
    const start = place;
    place += cluster.length;
    const even = evenOut(cluster);
    if (even === '') continue;
    if (even === ' ' && (length === 0 || last === ' ' || last === '-')) continue;
    if (even === '-' && last === '-') {
      ends[length - 1] = place;
      continue;
    }
    if (last === ' ' && even.length === 1 && closesUp.includes(even)) {
      length--;
      last = letters[length - 1] ?? '';
    }
    if (even.length === 1) put(even, start, place);
    else for (let unit = 0; unit < even.length; unit++) put(even.charAt(unit), start, place);
  }
  letters.length = length;
  return {
    text: letters.join(''),
    original: (start, end) => ({
      start: start < length ? (starts[start] as number) : text.length,
      end: end > 0 && end <= length ? (ends[end - 1] as number) : 0,
    }),
  };
}

/** Plain text is cut into its characters at once; only what may hold combining marks is searched for them. */
function clustersOf(text: string): Iterable<string> {
  return /^[\u0000-\u02ff\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff00-\uffef]*$/.test(text)
    ? text
    : (text.match(clusters) ?? []);
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function evenOut(cluster: string): string {
  if (cluster.length > 1) return workedOut(cluster);
  const code = cluster.charCodeAt(0);
  const before = known[code];
  if (before !== undefined) return before;
  const even = workedOut(cluster);
  known[code] = even;
  return even;
}

function workedOut(cluster: string): string {
  if (unseen.test(cluster)) return '';
  if (/^\s/.test(cluster)) return ' ';
  if (quotationMarks.test(cluster)) return "'";
  if (dashes.test(cluster)) return '-';
  return cluster.normalize('NFKC').replace(vowelMarks, '').toLowerCase();
}
