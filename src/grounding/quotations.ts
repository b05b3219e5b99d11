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

/** Letters that one quotation may have; a mark that stays open longer was never closed. */
const longest = 1200;

interface Marks {
  open: string;
  close: string;
  isApostrophe: boolean;
}

const marks: readonly Marks[] = [
  { open: '\u201c', close: '\u201d', isApostrophe: false },
  { open: '\u201e', close: '\u201c\u201d', isApostrophe: false },
  { open: '"', close: '"', isApostrophe: false },
  { open: '\u00ab', close: '\u00bb', isApostrophe: false },
  { open: '\u2018', close: '\u2019', isApostrophe: true },
  { open: "'", close: "'", isApostrophe: true },
];

/**
 * Finds the quotations of a text, in its order; the outermost of nested ones. Straight and curly marks, guillemets and single
 * marks; an apostrophe (don't, the allies' view, the '90s) opens and closes nothing. A quotation ends with its paragraph.
 */
export function findQuotations(text: string): Quotation[] {
  const found: Quotation[] = [];
  let place = 0;
  while (place < text.length) {
    const kind = marks.find(({ open }) => open === text[place]);
    const end = kind && opens(text, place, kind) ? closing(text, place, kind) : null;
    if (end === null) {
      place++;
      continue;
    }
    const words = text.slice(place + 1, end);
    if (words.trim() !== '') {
      const isLong = (words.match(/[\p{L}\p{N}][\p{L}\p{N}'\u2019-]*/gu) ?? []).length >= fewestWords;
      found.push({ text: words, start: place + 1, end, kind: isLong ? 'quotation' : 'term' });
    }
    place = end + 1;
  }
  return found;
}

function opens(text: string, place: number, { isApostrophe, open }: Marks): boolean {
  const before = text[place - 1] ?? ' ';
  const after = text[place + 1] ?? ' ';
  if (/\s/.test(after)) return false;
  if (open === '"' && isWordLetter(before)) return false;
  if (!isApostrophe) return true;
  const isShortened = /^['\u2018](?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b)/i.test(
    text.slice(place, place + 8),
  );
  return !isWordLetter(before) && !isShortened;
}

/** Where the mark that closes stands; null where there is none in the paragraph. */
function closing(text: string, start: number, { close, isApostrophe }: Marks): number | null {
  const paragraph = text.slice(start + 1, start + 1 + longest).split(/\n\s*\n/, 1)[0] ?? '';
  let possessive: number | null = null;
  let depth = 1;
  for (let place = 0; place < paragraph.length; place++) {
    if (!close.includes(paragraph[place] as string)) continue;
    const at = start + 1 + place;
    if (!isApostrophe) {
      depth += close === '"' && isOpening(text, at) ? 1 : -1;
      if (depth === 0) return at;
      continue;
    }
    if (isWordLetter(text[at + 1] ?? ' ')) continue;
    // "the allies' view" looks like an end; it is one only if no clearer end comes.
    if (/s['\u2019]\s+[a-z]/.test(text.slice(at - 1, at + 3))) possessive ??= at;
    else return at;
  }
  return possessive;
}

/** A straight mark with a space before and a letter behind opens a quotation inside the quotation. */
function isOpening(text: string, at: number): boolean {
  return /\s/.test(text[at - 1] ?? '') && isWordLetter(text[at + 1] ?? ' ');
}

function isWordLetter(letter: string): boolean {
  return /[\p{L}\p{N}]/u.test(letter);
}
