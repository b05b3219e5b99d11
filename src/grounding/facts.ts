import { remembering } from '../text/memo.ts';
import { matchesIn, mostWords } from '../text/words.ts';
import { withoutCitations } from './citations.ts';
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

/** Words that begin sentences and are never part of a name there. */
const openers = new Set(
  `a about after all also although among an and another any as at because before both but by can did do does each either even every
few finally first for from given have here how however i if in indeed instead into is it its last lasting let many maybe more most much my neither
never no nobody none nor not nothing now of on once one only or other our over perhaps please rather second secondly several she should
since so some still such take than that the their them then there therefore these they third this those though through thus to too
under unless until we were what whatever when where whereas whether which while who whoever whose why will with within without would
yes yet you your he his her mr mrs ms dr sir madam colleague colleagues friends thank thanks`.split(/\s+/),
);

const connector = '(?:(?:of|for)(?: the)?|de|la|al|von|van)';
const connecting = new Set(['of', 'for', 'the', 'de', 'la', 'al', 'von', 'van']);
const capital = "(?:(?:\\p{Lu}\\.){2,}|\\p{Lu}[\\p{L}\\p{N}]*(?:['\u2019-]\\p{L}[\\p{L}\\p{N}]*)*(?:-\\d+)?)";
/** The space behind a word, and a connector that follows it. */
const joint = new RegExp(`(?: ${connector})? `, 'uy');
const sequence = new RegExp(`(?<![\\p{L}\\p{N}])${capital}(?:(?: ${connector})? ${capital})*`, 'gu');

/** Letters of the longest name; what is longer is a text in capitals. */
const longestName = 200;

interface Candidate {
  text: string;
  start: number;
  isFirst: boolean;
}

/**
 * Names by their capital letters: North Korea, Center for the National Interest, IAEA, U.S. A lone capitalised word at the
 * beginning of a sentence is a name only where the text has it in mid-sentence too.
 */
function findNames(text: string): Fact[] {
  const candidates = matchesIn(text, sequence).flatMap((match) =>
    trimmed({ text: match[0], start: match.index, isFirst: beginsSentence(text, match.index) }),
  );
  const inside = new Set(candidates.filter(({ isFirst }) => !isFirst).map((name) => keyOf(name.text)));
  return candidates
    .filter((name) => !name.isFirst || /[ .]|\p{Lu}\p{Lu}/u.test(name.text) || inside.has(keyOf(name.text)))
    .map((name) => ({
      kind: 'name',
      key: keyOf(name.text),
      text: name.text,
      start: name.start,
      end: name.start + name.text.length,
    }));
}

/** The words of a name that must be known; connectors are left out. */
function wordsOfName(key: string): string[] {
  return key.split(' ').filter((word) => !connecting.has(word));
}

/** The first letters of a name's words: dprk for Democratic People's Republic of Korea. */
function initialsOf(key: string): string {
  return wordsOfName(key)
    .map((word) => word[0])
    .join('');
}

/** Takes openers off the front of a sequence, and a sentence's first word where its form says that it is no name. */
function trimmed({ text, start, isFirst }: Candidate): Candidate[] {
  if (text.length > longestName) return [];
  let from = 0;
  for (let isFront = isFirst; ; isFront = false) {
    const space = text.indexOf(' ', from);
    const word = text.slice(from, space < 0 ? undefined : space);
    const isOpener = openers.has(word.toLowerCase().replace(/['\u2019].*$/, ''));
    const isVerb = isFront && space >= 0 && /(?:ing|ed|ly)$/.test(word);
    if (!isOpener && !isVerb) return [{ text: text.slice(from), start: start + from, isFirst: isFront }];
    if (space < 0) return [];
    // What follows an opener stands in mid-sentence.
    joint.lastIndex = space;
    joint.exec(text);
    from = joint.lastIndex;
    if (from === 0 || (isOpener && !/^\p{Lu}/u.test(text.slice(from, from + 2)))) return [];
  }
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('\u2019', "'")
    .replace(/'s?(?= |$)/g, '')
    .replace(/(?<=\b\p{L})\./gu, '');
}

function beginsSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:;\u2026]["'\u201d\u2019)*]*\s+|\n\s*)["'\u201c\u2018(*_\s-]*$|["\u201c]$/.test(
    text.slice(Math.max(0, start - 12), start),
  );
}
