import type { Fact } from './facts.ts';

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
const digits = new RegExp(
  `(?<![\\p{L}\\p{N}.,-])(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?:st|nd|rd|th)?${magnitude}${percent}(?![\\p{L}\\p{N}])`,
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

/** Every number, small words too: what a text may be said to contain. */
export function allNumbers(text: string): Fact[] {
  const inDigits = [...text.matchAll(digits)].map((match) =>
    factOf(match, Number((match[1] as string).replaceAll(',', '')), match[2], match[3]),
  );
  const inWords = [...text.matchAll(words)].map((match) => {
    const [, ten, unit, single] = match.map((group) => group?.toLowerCase());
    const value = single
      ? units.indexOf(single)
      : (tens.indexOf(ten ?? '') + 2) * 10 + (unit ? units.indexOf(unit) : 0);
    return factOf(match, value, match[4], match[5]);
  });
  return [...inDigits, ...inWords];
}

function factOf(match: RegExpExecArray, value: number, scaleWord?: string, percentSign?: string): Fact {
  const scaled = value * (scaleWord ? (magnitudes[scaleWord.toLowerCase()] ?? 1) : 1);
  const key = `${Number(scaled.toPrecision(12))}${percentSign ? '%' : ''}`;
  return { kind: 'number', key, text: match[0], start: match.index, end: match.index + match[0].length };
}

function valueOfKey(key: string): number {
  return Number.parseFloat(key);
}
