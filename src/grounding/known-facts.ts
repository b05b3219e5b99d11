import { withoutCitations } from './citations.ts';
import { findDates, impliedDates } from './dates.ts';
import type { Fact } from './facts.ts';
import { findNames, initialsOf, wordsOfName } from './names.ts';
import { allNumbers } from './numbers.ts';

/** What a text can vouch for. */
export interface KnownFacts {
  dates: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  /** Every word, in lower case. */
  words: ReadonlySet<string>;
  /** Initials of the names: us for United States. */
  initials: ReadonlySet<string>;
}

export function knownFacts(text: string): KnownFacts {
  const plain = withoutCitations(text);
  return {
    dates: new Set(findDates(plain).flatMap(({ key }) => impliedDates(key))),
    numbers: new Set(allNumbers(plain).map(({ key }) => key)),
    words: new Set(wordsIn(plain)),
    initials: new Set(findNames(plain).flatMap(({ key }) => (key.includes(' ') ? initialsOf(key) : []))),
  };
}

/**
 * Does the fact stand in one of the sources? A date may be vaguer than the source's. A name stands there if all of its words do, in
 * any form that differs by a short ending (Korea, Koreans), or if one is the other's initials (US, United States).
 */
export function isKnown(fact: Fact, sources: readonly KnownFacts[]): boolean {
  switch (fact.kind) {
    case 'date':
      return sources.some(({ dates }) => dates.has(fact.key));
    case 'number':
      return sources.some(({ numbers }) => numbers.has(fact.key));
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
  const even = text
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .replace(/(?<=\b\p{L})\./gu, '');
  return [...even.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => match[0]);
}
