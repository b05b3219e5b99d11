import { matchesIn } from '../text/words.ts';

/** A number, date or name in a text: what can be checked against a source letter by letter. */
export interface Fact {
  kind: 'number' | 'date' | 'name';
  /** The same for all spellings: a number's value, a date as year-month-day, a name in lower case. */
  key: string;
  /** What the same digits say where marks are used the other way: "31.000" is 31 in English and 31,000 in Italian. */
  otherKey?: string;
  text: string;
  start: number;
  end: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '(1[5-9]\\d\\d|20\\d\\d)';

/** Each pattern with the groups that hold year, month and day. */
const forms: readonly { pattern: RegExp; year?: number; month?: number; day?: number }[] = [
  { pattern: /\b(1[5-9]\d\d|20\d\d)-(\d\d)-(\d\d)\b/g, year: 1, month: 2, day: 3 },
  { pattern: new RegExp(`\\b${day} (?:of )?${month}(?:,? ${year})?\\b`, 'g'), day: 1, month: 2, year: 3 },
  { pattern: new RegExp(`\\b${month} ${day}\\b(?:,? ${year}\\b)?`, 'g'), month: 1, day: 2, year: 3 },
  { pattern: new RegExp(`\\b${month},? (?:of )?${year}\\b`, 'g'), month: 1, year: 2 },
  { pattern: new RegExp(`(?<![\\d.,$\u20ac\u00a3-])\\b${year}(?:s\\b|\\b(?!%|[.,]\\d|-\\d))`, 'g'), year: 1 },
];

/** Dates with at least a year, or a month and a day, as keys such as 2019-02-28, 2019-02, 02-28 and 2019. */
export function findDates(text: string): Fact[] {
  const found: Fact[] = [];
  const isTaken = new Uint8Array(text.length);
  for (const form of forms) {
    for (const match of matchesIn(text, form.pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (isTaken[start] === 1 || isTaken[end - 1] === 1 || isTaken.subarray(start, end).includes(1))
        continue;
      isTaken.fill(1, start, end);
      const group = (at: number | undefined) => (at === undefined ? undefined : match[at]);
      const key = [group(form.year), monthNumber(group(form.month)), group(form.day)?.padStart(2, '0')]
        .filter((part) => part !== undefined)
        .join('-');
      found.push({ kind: 'date', key, text: match[0], start, end });
    }
  }
  return found;
}

/** A date and the vaguer ones that it makes true: 2019-02-28 also says 2019-02, 02-28 and 2019. */
export function impliedDates(key: string): string[] {
  const parts = key.split('-');
  const [first = '', second, third] = parts;
  if (first.length < 4) return [key];
  if (third !== undefined) return [key, `${first}-${second}`, `${second}-${third}`, first];
  return [key, first];
}

function monthNumber(name: string | undefined): string | undefined {
  if (name === undefined || /^\d/.test(name)) return name;
  return String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1).padStart(2, '0');
}

const units = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const magnitudes: Record<string, number> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const magnitude = '(?:[ -](hundred|thousand|million|billion|trillion))?';
const percent = '(\\s?%|[ -]per ?cent\\b)?';
/** A letter of a script that puts spaces between words: "45 tons", but "45\u30c8\u30f3". */
const spacedLetter = '(?:(?![\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}])\\p{L})';
/** Digits in groups of three by one kind of mark, with decimals behind another; or plain digits with decimals. */
const grouped =
  "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?(?!\\d)|\\d{1,3}(?:[ \u00a0\u202f'\u2019]\\d{3})+(?!\\d)(?:[.,]\\d+)?";
const digits = new RegExp(
  `(?<!${spacedLetter}|[\\p{N}.,-])(${grouped}|\\d+(?:[.,]\\d+)?)(?:st|nd|rd|th)?${magnitude}${percent}(?!${spacedLetter}|\\p{N})`,
  'giu',
);
const word = `(?:(${tens.join('|')})(?:-(${units.slice(1, 10).join('|')}))?|(${units.join('|')}))`;
const words = new RegExp(`\\b${word}${magnitude}${percent}(?![\\p{L}\\p{N}])`, 'giu');

/** Words up to this value count things in passing ("two sides"), and assert nothing that wants a source. */
const smallest = 12;

/** Numbers in digits, and in words above twelve, as keys such as 1500, 2.5 and 30%. */
export function findNumbers(text: string): Fact[] {
  return allNumbers(text).filter((fact) => /\d/.test(fact.text) || valueOfKey(fact.key) > smallest);
}

/** The text with the digits of other scripts (Arabic, Persian, Devanagari, full width) as 0 to 9, letter for letter. */
export function withPlainDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) =>
    String((digit.charCodeAt(0) - (digit < '\u0900' || digit >= '\uff00' ? 0 : 6)) & 15),
  );
}

/** Every number, small words too: what a text may be said to contain. */
export function allNumbers(text: string): Fact[] {
  const inDigits = matchesIn(text, digits).map((match) => {
    const [value, other] = valuesOf(match[1] as string);
    const fact = factOf(match, value, match[2], match[3]);
    return other === undefined ? fact : { ...fact, otherKey: factOf(match, other, match[2], match[3]).key };
  });
  const inWords = matchesIn(text, words).map((match) => {
    const [, ten, unit, single] = match.map((group) => group?.toLowerCase());
    const value = single
      ? units.indexOf(single)
      : (tens.indexOf(ten ?? '') + 2) * 10 + (unit ? units.indexOf(unit) : 0);
    return factOf(match, value, match[4], match[5]);
  });
  return [...inDigits, ...inWords];
}

/** The value of digits with marks, as English writes it first; then the other one that they may have. */
function valuesOf(digits: string): [number, number?] {
  const marks = digits.replace(/\d/g, '');
  if (marks === '') return [Number(digits)];
  const plain = Number(digits.replace(/\D/g, ''));
  const decimal = Number(digits.replace(/\D(?=.*\D)/g, '').replace(/\D/, '.'));
  const isGrouped = /^\d{1,3}(?:\D\d{3})+$/.test(digits);
  if (!isGrouped) return [decimal];
  if (marks.length > 1) return [plain];
  return marks === '.' ? [decimal, plain] : [plain, decimal];
}

function factOf(match: RegExpExecArray, value: number, scaleWord?: string, percentSign?: string): Fact {
  const scaled = value * (scaleWord ? (magnitudes[scaleWord.toLowerCase()] ?? 1) : 1);
  // Small whole numbers are what they are; rounding takes long.
  const even = Number.isSafeInteger(scaled) && scaled < 1e12 ? scaled : Number(scaled.toPrecision(12));
  const key = percentSign ? `${even}%` : String(even);
  return { kind: 'number', key, text: match[0], start: match.index, end: match.index + match[0].length };
}

function valueOfKey(key: string): number {
  return Number.parseFloat(key);
}
