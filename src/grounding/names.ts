import { matchesIn } from '../text/words.ts';
import type { Fact } from './numbers.ts';

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
export function findNames(text: string): Fact[] {
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
export function wordsOfName(key: string): string[] {
  return key.split(' ').filter((word) => !connecting.has(word));
}

/** The first letters of a name's words: dprk for Democratic People's Republic of Korea. */
export function initialsOf(key: string): string {
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
