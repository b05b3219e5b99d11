import { remembering } from '../text/memo.ts';
import { matchesIn, mostWords } from '../text/words.ts';
import { withoutCitations } from './citations.ts';
import { findNames, initialsOf, wordsOfName } from './names.ts';
import { allNumbers, type Fact, findDates, findNumbers, impliedDates, withPlainDigits } from './numbers.ts';

/** What a text can vouch for. */
export interface KnownFacts {
  dates: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  /** Numbers before a word of magnitude, without it: 19 of "19 million", which other languages name in other words. */
  mantissas: ReadonlySet<string>;
  /** Every word, in lower case. */
  words: ReadonlySet<string>;
  /** Initials of the names: us for United States. */
  initials: ReadonlySet<string>;
}

export function knownFacts(text: string): KnownFacts {
  const plain = withPlainDigits(withoutCitations(text));
  const numbers = allNumbers(plain);
  return {
    dates: new Set(findDates(plain).flatMap(({ key }) => impliedDates(key))),
    numbers: new Set(numbers.flatMap(({ key, otherKey }) => (otherKey ? [key, otherKey] : [key]))),
    mantissas: new Set(
      numbers.flatMap(({ text }) => /^[\d.,]+(?= ?[a-z])/i.exec(text)?.[0].replace(',', '.') ?? []),
    ),
    words: new Set(wordsIn(plain)),
    initials: new Set(findNames(plain).flatMap(({ key }) => (key.includes(' ') ? initialsOf(key) : []))),
  };
}

/**
 * Does the fact stand in one of the sources? A date may be vaguer than the source's. A name stands there if all of its words do, in
 * any form that differs by a short ending (Korea, Koreans), or if one is the other's initials (US, United States).
 */
export function isKnown(fact: Fact, sources: readonly KnownFacts[], isTranslated = false): boolean {
  switch (fact.kind) {
    case 'date':
      return sources.some(({ dates }) => dates.has(fact.key));
    case 'number':
      return sources.some(
        ({ numbers, mantissas }) =>
          numbers.has(fact.key) ||
          (fact.otherKey !== undefined && numbers.has(fact.otherKey)) ||
          (isTranslated && mantissas.has(fact.key)),
      );
    case 'name':
      return isNameKnown(fact.key, sources);
  }
}

function isNameKnown(key: string, sources: readonly KnownFacts[]): boolean {
  const isInitials = sources.some(({ initials, words }) => initials.has(key) || words.has(initialsOf(key)));
  if (isInitials && (key.includes(' ') || key.length > 1)) return true;
  return wordsOfName(key)
    .flatMap((word) => word.split(/['-]/))
    .every((word) => sources.some(({ words }) => hasForm(word, words)));
}

/** Endings by which a people, a plural or an adjective differs from the name. */
const endings = ['', 's', 'n', 'ns', 'an', 'ans', 'ian', 'ians', 'ese', 'ish', 'i', 'is', 'ic'];

function hasForm(word: string, words: ReadonlySet<string>): boolean {
  return endings.some((ending) => {
    if (words.has(word + ending)) return true;
    if (ending === '' || !word.endsWith(ending)) return false;
    const stem = word.slice(0, -ending.length);
    return stem.length >= 3 && (words.has(stem) || words.has(`${stem}a`));
  });
}

function wordsIn(text: string): string[] {
  const even = text.replace(/(?<=\b\p{L})\./gu, '');
  return matchesIn(even, /[\p{L}\p{N}]{1,100}/gu, mostWords).map(([word]) => word.toLowerCase());
}

/**
 * The numbers, dates and names of an English text, in its order. Citations, list marks and mentions of the debate's own
 * rounds and turns are none. Names are read off capital letters, so that a lone capitalised word that begins
 * a sentence is taken only where the text writes it so in mid-sentence too.
 */
export const findFacts = remembering(64, (text: string): readonly Fact[] => {
  const plain = withPlainDigits(withoutOwnNumbers(withoutCitations(text)));
  const dates = findDates(plain);
  const rest = blanked(plain, dates);
  const numbers = findNumbers(rest);
  const names = findNames(blanked(rest, numbers));
  return [...dates, ...numbers, ...names]
    .sort((one, other) => one.start - other.start)
    .map((fact) => ({ ...fact, text: text.slice(fact.start, fact.end) }));
});

/** The facts of a text as keys that can be compared; each once. */
export function termsOf(text: string): string[] {
  return [...new Set(findFacts(text).map(({ kind, key }) => `${kind} ${key}`))];
}

/** List marks, addresses, and the debate's own numbers: "round 3 of 6", "turn 7". */
const ownNumbers =
  /^[^\S\n\r\u2028\u2029]{0,40}\d{1,2}[.)]\s|\b(?:rounds?|turns?|issues?|passages?|points?|steps?|phases?|options?) \d+(?: of \d+)?|https?:\/\/\S+/gim;

function withoutOwnNumbers(text: string): string {
  return text.replace(ownNumbers, (match) => ' '.repeat(match.length));
}

function blanked(text: string, facts: readonly Fact[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of [...facts].sort((one, other) => one.start - other.start)) {
    parts.push(text.slice(done, start), ' '.repeat(Math.max(0, end - Math.max(start, done))));
    done = Math.max(done, end);
  }
  return parts.join('') + text.slice(done);
}
