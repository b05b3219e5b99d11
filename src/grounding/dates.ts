import type { Fact } from './facts.ts';

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
  for (const form of forms) {
    for (const match of text.matchAll(form.pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && other.start < end)) continue;
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
