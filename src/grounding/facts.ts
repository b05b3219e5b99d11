import { withoutCitations } from './citations.ts';
import { findDates } from './dates.ts';
import { findNames } from './names.ts';
import { findNumbers } from './numbers.ts';

/** A number, date or name in a text: what can be checked against a source letter by letter. */
export interface Fact {
  kind: 'number' | 'date' | 'name';
  /** The same for all spellings: a number's value, a date as year-month-day, a name in lower case. */
  key: string;
  text: string;
  start: number;
  end: number;
}

/**
 * The numbers, dates and names of an English text, in its order. Citations, list marks and mentions of the debate's own
 * rounds and turns are none. Names are read off capital letters, so that a lone capitalised word that begins
 * a sentence is taken only where the text writes it so in mid-sentence too.
 */
export function findFacts(text: string): Fact[] {
  const plain = withoutOwnNumbers(withoutCitations(text));
  const dates = findDates(plain);
  const rest = blanked(plain, dates);
  const numbers = findNumbers(rest);
  const names = findNames(blanked(rest, numbers));
  return [...dates, ...numbers, ...names].sort((one, other) => one.start - other.start);
}

/** The facts of a text as keys that can be compared; each once. */
export function termsOf(text: string): string[] {
  return [...new Set(findFacts(text).map(({ kind, key }) => `${kind} ${key}`))];
}

/** List marks, addresses, and the debate's own numbers: "round 3 of 6", "turn 7". */
const ownNumbers =
  /^\s*\d{1,2}[.)]\s|\b(?:rounds?|turns?|issues?|passages?|points?|steps?|phases?|options?) \d+(?: of \d+)?|https?:\/\/\S+/gim;

function withoutOwnNumbers(text: string): string {
  return text.replace(ownNumbers, (match) => ' '.repeat(match.length));
}

function blanked(text: string, facts: readonly Fact[]): string {
  let result = text;
  for (const { start, end } of facts) {
    result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end);
  }
  return result;
}
