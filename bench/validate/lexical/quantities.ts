import { remembering } from '../../../src/text/memo.ts';
import { isContent, type Word, wordsOf } from '../../../src/text/words.ts';

/** A number in a text with the content words right after it; shares are in per cent, with the word '%'. */
export interface Quantity {
  value: number;
  /** Stems of up to two content words that follow, nearest first; empty where the clause ends there. */
  units: readonly string[];
}

const small = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, place) => [word, 10 * (place + 2)]),
);
const powers = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
const parts = new Map([
  ['half', 2],
  ['third', 3],
  ['thirds', 3],
  ['quarter', 4],
  ['quarters', 4],
  ['fifth', 5],
  ['fifths', 5],
]);
/** "a third party", "the first quarter": an ordinal or a name, not a share. */
const counted = new Set(['of', 'off', 'and']);
const percent = '%';

/** All numbers of a text, written in digits or in words, in order. */
export const quantitiesOf: (text: string) => readonly Quantity[] = remembering(1000, (text: string) => {
  const words = wordsOf(text);
  const found: Quantity[] = [];
  for (let at = 0; at < words.length; ) {
    const read = shareAt(words, at) ?? numberAt(text, words, at);
    if (!read) {
      at += 1;
      continue;
    }
    found.push({ value: read.value, units: read.isShare ? [percent] : unitsAfter(text, words, read.end) });
    at = read.end;
  }
  return found;
});

interface Read {
  value: number;
  end: number;
  isShare: boolean;
}

/** "half", "a third of", "two thirds", "three quarters of", "fifty-fifty". */
function shareAt(words: readonly Word[], at: number): Read | null {
  const count = small.get(lowerAt(words, at)) ?? (/^an?$/.test(lowerAt(words, at)) ? 1 : null);
  const whole = parts.get(lowerAt(words, at + 1));
  if (count !== null && count > 0 && whole !== undefined && count < whole) {
    const isShare = whole === 2 || count > 1 || counted.has(lowerAt(words, at + 2));
    return isShare ? { value: (100 * count) / whole, end: at + 2, isShare } : null;
  }
  if (lowerAt(words, at) === 'fifty' && lowerAt(words, at + 1) === 'fifty') {
    return { value: 50, end: at + 2, isShare: true };
  }
  return lowerAt(words, at) === 'half' ? { value: 50, end: at + 1, isShare: true } : null;
}

function numberAt(text: string, words: readonly Word[], at: number): Read | null {
  const digits = /^\d/.test(lowerAt(words, at)) ? digitsAt(lowerAt(words, at)) : null;
  const spelled = digits === null ? spelledAt(words, at) : null;
  const value = digits?.value ?? spelled?.value;
  if (value === undefined) return null;
  let end = spelled?.end ?? at + 1;
  let total = value;
  for (
    let power = powers.get(lowerAt(words, end));
    digits && power;
    power = powers.get(lowerAt(words, end))
  ) {
    total *= power;
    end += 1;
  }
  const isPerCent = /^\s*per\s?cents?\b/i.test(text.slice(endOf(words[end - 1])));
  const isShare = digits?.isPercent === true || isPerCent;
  return { value: total, end: isPerCent ? skipPerCent(words, end) : end, isShare };
}

function digitsAt(word: string): { value: number; isPercent: boolean } {
  const isPercent = word.endsWith('%');
  const plain = word.replace('%', '');
  const value = /^\d{1,3}(?:[.,]\d{3})+$/.test(plain)
    ? Number(plain.replace(/[.,]/g, ''))
    : Number(plain.replace(',', '.'));
  return { value, isPercent };
}

/** "twenty-one", "three hundred thousand". */
function spelledAt(words: readonly Word[], at: number): { value: number; end: number } | null {
  let total = 0;
  let group = 0;
  let end = at;
  for (; end < words.length; end++) {
    const word = lowerAt(words, end);
    const unit = small.get(word);
    const ten = tens.get(word);
    const power = powers.get(word);
    const last = end > at ? lowerAt(words, end - 1) : '';
    if (unit !== undefined && (end === at || (tens.has(last) && unit < 10) || powers.has(last)))
      group += unit;
    else if (ten !== undefined && (end === at || powers.has(last))) group += ten;
    else if (power !== undefined && end > at) {
      group *= power;
      if (power >= 1000) {
        total += group;
        group = 0;
      }
    } else break;
  }
  return end === at ? null : { value: total + group, end };
}

const mostUnits = 2;

function unitsAfter(text: string, words: readonly Word[], end: number): string[] {
  const units: string[] = [];
  for (let at = end; at < Math.min(words.length, end + 4) && units.length < mostUnits; at++) {
    const word = words[at] as Word;
    if (/[,;:.]/.test(text.slice(endOf(words[at - 1]), word.at)) || endsUnit(word.lower)) break;
    if (isContent(word)) units.push(word.stem);
  }
  return units;
}

/** "sixty and the small room forty", "60 to 40": what follows belongs to another number or another part of the sentence. */
function endsUnit(lower: string): boolean {
  return /^(?:and|or|but|\d.*)$/.test(lower) || small.has(lower) || tens.has(lower);
}

function skipPerCent(words: readonly Word[], end: number): number {
  return lowerAt(words, end) === 'per' ? end + 2 : end + 1;
}

function endOf(word: Word | undefined): number {
  return word ? word.at + word.text.length : 0;
}

function lowerAt(words: readonly Word[], at: number): string {
  return words[at]?.lower ?? '';
}
