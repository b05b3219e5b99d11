import { remembering } from '../text/memo.ts';

/** Words in quotation marks, as a speech holds them. */
export interface Quotation {
  /** Without the marks. */
  text: string;
  /** Offsets of the text without its marks. */
  start: number;
  end: number;
  /** Scare quotes and terms, of fewer than four words, name something; a quotation of four or more claims that someone said it. */
  kind: 'quotation' | 'term';
}

/** Words from which marks claim that these very words were said. */
const fewestWords = 4;

/** No speech has so many quotations, and marks that may open one; what does is looked at so far. */
const mostQuotations = 5_000;
const mostMarks = 30_000;

/** Letters that one quotation may have; a mark that stays open longer was never closed. */
const longest = 1200;

interface Marks {
  open: string;
  close: string;
  /** The mark also stands for an apostrophe, or opens and closes alike, so that its neighbours decide. */
  form: 'plain' | 'alike' | 'apostrophe';
}

const marks: readonly Marks[] = [
  { open: '\u201c', close: '\u201d', form: 'plain' },
  { open: '\u201e', close: '\u201c\u201d', form: 'plain' },
  { open: '\u201f', close: '\u201d', form: 'plain' },
  { open: '"', close: '"', form: 'alike' },
  { open: '\uff02', close: '\uff02', form: 'alike' },
  { open: '\u00ab', close: '\u00bb', form: 'plain' },
  { open: '\u2039', close: '\u203a', form: 'plain' },
  { open: '\u300c', close: '\u300d', form: 'plain' },
  { open: '\u300e', close: '\u300f', form: 'plain' },
  { open: '\uff62', close: '\uff63', form: 'plain' },
  { open: '\u301d', close: '\u301e\u301f', form: 'plain' },
  // As in German and Danish print, and as in Swedish and Finnish, where both marks are the same.
  { open: '\u00bb', close: '\u00ab\u00bb', form: 'alike' },
  { open: '\u201d', close: '\u201d', form: 'alike' },
  { open: '\u2018', close: '\u2019', form: 'apostrophe' },
  { open: '\u201a', close: '\u2018\u2019', form: 'apostrophe' },
  { open: "'", close: "'", form: 'apostrophe' },
];
const byOpening = new Map(marks.map((kind) => [kind.open, kind]));

/**
 * Finds the quotations of a text, in its order; the outermost of nested ones. Straight, curly, low, angled and corner marks;
 * an apostrophe (don't, the allies' view, the '90s) opens and closes nothing. A quotation ends with its paragraph. Linear in the text.
 */
export const findQuotations = remembering(32, (text: string): readonly Quotation[] => {
  const found: Quotation[] = [];
  const closers = closersOf(text);
  const opener = /["'\u00ab\u00bb\u2018\u201a\u201c-\u201f\u2039\u300c\u300e\u301d\uff02\uff62]/g;
  for (let tries = 0; tries < mostMarks && found.length < mostQuotations; tries++) {
    const match = opener.exec(text);
    if (!match) break;
    const place = match.index;
    const kind = byOpening.get(match[0]);
    const end = kind && opens(text, place, kind) ? closers(kind, place) : null;
    if (end === null) continue;
    const words = text.slice(place + 1, end);
    const inner = words.trim();
    if (inner !== '') {
      const start = place + 1 + (kind?.open === '\u00ab' ? words.indexOf(inner) : 0);
      const last = kind?.open === '\u00ab' ? start + inner.length : end;
      found.push({
        text: text.slice(start, last),
        start,
        end: last,
        kind: isLong(inner) ? 'quotation' : 'term',
      });
    }
    opener.lastIndex = end + 1;
  }
  return found;
});

/**
 * Four words; three of Arabic, Hebrew or Korean, which write articles, prepositions and particles as letters of a word; or as
 * many letters of a script that writes no words apart as make four, in tenths of a word: a Chinese word has about 1.6 letters, a
 * Japanese or Thai one about two.
 */
export function isLong(words: string): boolean {
  const spaced = words.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'\u2019-]*/gu) ?? [];
  const joined = spaced.filter((word) => /^[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hangul}]/u.test(word));
  const han = words.match(/\p{sc=Han}/gu) ?? [];
  const others = words.match(/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu) ?? [];
  const counted = spaced.length + joined.length / 3;
  return counted >= fewestWords || 6 * han.length + 5 * others.length >= 10 * fewestWords;
}

function opens(text: string, place: number, { form, open }: Marks): boolean {
  const before = text.charAt(place - 1);
  const after = text.charAt(place + 1);
  // French puts a space inside its marks; nothing else does.
  if (isSpace(after) && open !== '\u00ab') return false;
  if (form === 'plain') return true;
  if (joins(before)) return false;
  if (form === 'alike') return isStraight(open) || (!isWordLetter(before) && isWordLetter(after));
  return !(
    isPlain(after) && /^(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b)/i.test(text.slice(place + 1, place + 8))
  );
}

type Closers = (kind: Marks, place: number) => number | null;

/**
 * Where the mark that closes one stands; null where there is none in its paragraph. The places of all closing marks are found once, and are
 * gone through only forwards.
 */
function closersOf(text: string): Closers {
  const next = new Map<string, (from: number) => number | null>();
  let straight: Int32Array | null = null;
  const finder = (key: string, isCloser: (place: number) => boolean, letters: string) => {
    const known = next.get(key) ?? forwards(text, letters, isCloser);
    next.set(key, known);
    return known;
  };
  const paragraphEnd = forwards(text, '\n', (place) => /^\n[^\S\n]*\n/.test(text.slice(place, place + 80)));
  return (kind, place) => {
    const limit = Math.min(place + longest, paragraphEnd(place) ?? text.length);
    const within = (at: number | null) => (at !== null && at <= limit ? at : null);
    const { open, close, form } = kind;
    if (open === '"') {
      straight ??= pairedStraight(text);
      const closer = straight[place] ?? 0;
      return within(closer > 0 ? closer : null);
    }
    if (form !== 'apostrophe') return within(finder(open, () => true, close)(place + 1));
    const isEnd = (at: number) => !joins(text.charAt(at + 1));
    // "the allies' view" looks like an end; it is one only if no clearer end comes.
    const isPossessive = (at: number) => /s['\u2019]\s+[a-z]/.test(text.slice(at - 1, at + 3));
    const clear = finder(`${open} clear`, (at) => isEnd(at) && !isPossessive(at), close)(place + 1);
    return within(clear) ?? within(finder(`${open} any`, isEnd, close)(place + 1));
  };
}

/** The first place at or behind `from` of one of some letters that passes; asked for with ever larger `from`. */
function forwards(
  text: string,
  letters: string,
  isPassing: (place: number) => boolean,
): (from: number) => number | null {
  let found = -1;
  return (from) => {
    if (found >= from) return found < text.length ? found : null;
    for (found = from; found < text.length; found++) {
      if (letters.includes(text.charAt(found)) && isPassing(found)) return found;
    }
    return null;
  };
}

/** The closing mark of each straight one by its place, by pairing them like brackets within a paragraph; 0 for none. */
function pairedStraight(text: string): Int32Array {
  const closers = new Int32Array(text.length);
  let open: number[] = [];
  for (const match of text.matchAll(/"|\n[^\S\n]*\n/g)) {
    const at = match.index;
    if (match[0] !== '"') open = [];
    else if (open.length > 0 && !isOpening(text, at)) closers[open.pop() as number] = at;
    else if (!joins(text.charAt(at - 1)) && !isSpace(text.charAt(at + 1))) open.push(at);
  }
  return closers;
}

/** A straight mark with a space before and a letter behind opens a quotation inside the quotation. */
function isOpening(text: string, at: number): boolean {
  return isSpace(text.charAt(at - 1)) && at > 0 && isWordLetter(text.charAt(at + 1));
}

function isSpace(unit: string): boolean {
  return unit <= ' ' ? unit === '' || /\s/.test(unit) : unit > '\u007f' && /\s/.test(unit);
}

function isStraight(mark: string): boolean {
  return mark === '"' || mark === '\uff02';
}

/** Would a mark beside it stand inside a word? Scripts that write no words apart put marks between letters. */
function joins(unit: string): boolean {
  return isWordLetter(unit) && !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(unit);
}

function isWordLetter(unit: string): boolean {
  return isPlain(unit) || (unit > '\u007f' && /[\p{L}\p{N}]/u.test(unit));
}

function isPlain(unit: string): boolean {
  return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9');
}
