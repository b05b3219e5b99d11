/** How names stand in running text by their script: which letters may touch them, what is said before and after a name. */

/** Scripts that put no space between words. */
const unspaced = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\u30fc';
const isUnspaced = new RegExp(`^[${unspaced}]+$`, 'u');
const wordEnd = '(?![\\p{L}\\p{N}])';
const wordStart = '(?<![\\p{L}\\p{N}])';

/** Titles that go before a name and say no more than the name does. */
export const titlesOfAnyLanguage = [
  'Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?|Dra\\.?|Prof\\.?|Herrn?|Frau|M\\.|Mme|Monsieur|Madame|Se\u00f1ora?|Sra?\\.?|Don|Do\u00f1a',
  'Signora?|Sig\\.?(?:ra)?|Dott\\.?(?:ssa)?|Senhora?|Miss|Sir|Pan|Pani|Bay|Bayan|Meneer|Mevrouw',
  '\u0433-\u043d|\u0433-\u0436\u0430|[\u0413\u0433]\u043e\u0441\u043f\u043e\u0434\u0438\u043d|[\u0413\u0433]\u043e\u0441\u043f\u043e\u0436\u0430',
  '\u0627\u0644\u0633\u064a\u062f\u0629?|\u0627\u0644\u062f\u0643\u062a\u0648\u0631\u0629?|\u0627\u0644\u0623\u0633\u062a\u0627\u0630\u0629?',
].join('|');

/** What follows a name out of courtesy: Mori-san, and the same in Japanese, Chinese and Korean letters. */
const courtesy =
  '-(?:san|sama|sensei|ssi|nim)(?![\\p{L}\\p{N}])|\u3055\u3093|\u3055\u307e|\u69d8|\u6c0f|\u5148\u751f|\u5973\u58eb|\u5973\u53f2|\u5c0f\u59d0|\u6559\u6388|\u535a\u58eb|\ubc15\uc0ac|\uad50\uc218|\ub300\ud45c|\uc120\uc0dd|\uc528|\ub2d8';

/** Endings and courtesies that belong to the name before them: "Washingtons", "\u041c\u043e\u0441\u043a\u0432\u044b", "Mori-san". */
export const afterName = `(?:(?<=\\p{sc=Cyrillic})\\p{sc=Cyrillic}{1,4}|(?<=\\p{Ll})s${wordEnd}|[ \u3000]?(?:${courtesy}){1,2})?`;

/** Long enough that its form with an s is its genitive and no other word: Washingtons, but not States. */
const longName = /^\p{Lu}[\p{L}'\u2019-]{6,}$/u;

/** A name with what must stand around it, so that it is no part of another word. `part`: a surname or first name alone, which may be a common word; `alias`: as somebody chose it. */
export function withEdges(name: string, pattern: string, kind: 'name' | 'alias' | 'part'): string {
  const isPart = kind === 'part';
  const letters = [...name];
  if (isUnspaced.test(letters.at(-1) ?? '') && isUnspaced.test(letters[0] ?? '')) {
    if (!isPart && letters.length > 1) return `(?:${pattern})`;
    const alone = letters.length > 1 ? '\\p{sc=Han}' : '\\p{L}';
    return `(?:${withCourtesy(name, pattern)}|(?<!\\p{sc=Han})(?:${pattern})(?!${alone}))`;
  }
  const last = letters.at(-1) ?? '';
  const right = /\p{sc=Cyrillic}/u.test(last)
    ? `(?=\\p{sc=Cyrillic}{0,${letters.length > 4 ? 4 : 2}}${wordEnd})`
    : isPart || (kind === 'alias' && longName.test(name))
      ? `(?=s?${wordEnd})`
      : wordEnd;
  return `${leftEdge(letters[0] ?? '')}(?:${pattern})${right}`;
}

/** Prepositions and the article are written onto an Arabic or Hebrew word. */
function leftEdge(first: string): string {
  if (/\p{sc=Arabic}/u.test(first))
    return '(?<=(?<![\\p{L}\\p{M}])[\u0648\u0641\u0628\u0644\u0643]{0,2}(?:\u0627\u0644)?)';
  if (/\p{sc=Hebrew}/u.test(first))
    return '(?<=(?<![\\p{L}\\p{M}])[\u05d5\u05d4\u05d1\u05dc\u05db\u05de\u05e9]{0,2})';
  return wordStart;
}

/** The part of a name that its cases leave alone: a Russian name without its last vowel, an Arabic one without its article. */
export function unchangingPart(name: string): string {
  if (/^\u0627\u0644.{3}/u.test(name)) return name.slice(2);
  return name.length > 3
    ? name.replace(/(?<=\p{sc=Cyrillic})[\u0430\u044f\u043e\u0435\u0438\u044b\u0439\u044c]$/u, '')
    : name;
}

/** Small words inside a name of a person: "Maria da Silva". */
const particle = /^(?:d[aeiou]|do[s]|das|del|della|van|von|der|den|ten|bin|ibn|al|el|l[aeu]|y|zu|af|av)$/u;

/**
 * Other names of a person whose name is given in full, surname first or last: each half of it, and both in the other order. `bare`: the half is
 * taken as it stands; otherwise only behind a title or before a courtesy, since it is too short to be told from a common word.
 */
export function personalParts(name: string): { part: string; isBare: boolean }[] {
  const words = name.split(/[\s\u3000\u30fb]+/u);
  if (words.every((word) => isUnspaced.test(word))) return unspacedParts(words);
  const named = words.filter((word) => /^\p{Lu}/u.test(word));
  const isPersonal =
    named.length > 1 &&
    words.every((word, place) => /^\p{Lu}/u.test(word) || (place > 0 && particle.test(word)));
  if (!isPersonal) return [];
  const [first = '', last = ''] = [named[0], named.at(-1)];
  const halves = [last, first].map((part) => ({ part, isBare: /^\p{Lu}[\p{L}'\u2019-]{2,}/u.test(part) }));
  const rest = words.slice(words.indexOf(first) + 1).join(' ');
  return [...halves, { part: `${rest} ${first}`, isBare: true }, { part: `${rest}, ${first}`, isBare: true }];
}

function unspacedParts(words: readonly string[]): { part: string; isBare: boolean }[] {
  const [first = '', ...rest] = words;
  if (rest.length > 0)
    return [first, rest.at(-1) ?? ''].map((part) => ({ part, isBare: [...part].length > 1 }));
  // A name without a space: the surname is its first letter, or its first two, and shows only by what follows it.
  const letters = [...first];
  return letters.length < 2 || letters.length > 4
    ? []
    : [1, 2]
        .filter((length) => length < letters.length)
        .map((length) => ({ part: letters.slice(0, length).join(''), isBare: false }));
}

/** A half of a name that is too short to stand alone: behind a title or before a courtesy. */
export function withCourtesy(part: string, pattern: string): string {
  return isUnspaced.test(part)
    ? `(?:${pattern})(?=[ \u3000]?(?:${courtesy}))`
    : `(?:(?<=(?:${titlesOfAnyLanguage})\\s+)(?:${pattern})${wordEnd}|${wordStart}(?:${pattern})(?=${courtesy}))`;
}

/** A name as it is looked up: the marks between the parts of an unspaced name make no difference. */
export function withoutInnerMarks(name: string): string {
  return name.replace(new RegExp(`(?<=[${unspaced}])[\\s\u3000\u30fb=\uff1d]+(?=[${unspaced}])`, 'gu'), '');
}

/** The same in a pattern, in which a space is already any space. */
export function withAnyInnerMarks(pattern: string): string {
  return pattern.replace(
    new RegExp(`(?<=[${unspaced}])(?:\\\\s\\+|[\\s\u3000\u30fb])+(?=[${unspaced}])`, 'gu'),
    '[\\s\u3000\u30fb=\uff1d]*',
  );
}
