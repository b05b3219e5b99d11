const roles =
  /(?:^|[\s-])(?:negotiator|advocate|analyst|official|officer|minister|secretary|director|manager|engineer|planner|farmer|owner|operator|adviser|advisor|representative|delegate|spokes\w+|commissioner|chair\w*|union|ministry|department|board|council|committee|company|agency|association|coalition|alliance|group|federation|authority|mayor|governor|resident\w*|scientist|economist|ecologist|lawyer|teacher|doctor|nurse|student|tenant\w*|developer|inspector|regulator|mediator|expert|campaigner|activist|editor|publisher|president|treasurer|delegation|party)$/i;

/** A speaker's name as the subject of a sentence: roles take an article, personal names none. */
export function asSubject(name: string, casing: Casing): string {
  if (!casing.isEnglish) return name;
  if (/^the\s/i.test(name)) return `the ${name.slice(4)}`;
  const words = name.split(/\s+/);
  const last = words.at(-1) ?? '';
  const isRole = last === last.toLowerCase() ? /\p{L}/u.test(last) && words.length > 1 : roles.test(name);
  const isSingleRole = words.length === 1 && roles.test(name);
  if (!isRole && !isSingleRole) return name;
  return `the ${isPhraseOfNames(words) ? name : casing.phrase(name)}`;
}

/** "State Department official" keeps its capital: the second word is capitalised as well. */
function isPhraseOfNames(words: readonly string[]): boolean {
  return words.length > 2 && /^\p{Lu}/u.test(words[1] ?? '');
}

export function possessive(subject: string): string {
  return /s$/.test(subject) ? `${subject}'` : `${subject}'s`;
}

/** Lower-cases the first letter of texts that are to stand inside a sentence, unless their first word is a name. */
export interface Casing {
  /** Where it is not, texts stay as they are, and names take no article. */
  isEnglish: boolean;
  /** Of a whole sentence: only where the word is known to be no name, since a capital is never wrong after a colon. */
  sentence(text: string): string;
  /** Of a title or phrase: unless the word is known to be a name. */
  phrase(text: string): string;
}

const ordinary = new Set(
  `a an the this that these those it its there here we our ours us you your they their he she his her my mine what
  who whose which when where why how while if unless until before after once since because although though as at by
  for from in into of off on onto out over to under up with without within about against all any both each either
  every few many more most much neither no none nobody nothing not one only other some such two three four first last
  and but or nor so yet then let is are was were be do does did have has had can could may might must shall should
  will would nor never always often give take make keep put pay perhaps maybe somebody anybody everybody someone anyone everyone`.split(
    /\s+/,
  ),
);

/** Learns from the prompt's own texts which words are names: those written with a capital inside sentences. */
export function casingFrom(texts: readonly string[], isEnglish = true): Casing {
  if (!isEnglish) return { isEnglish, sentence: (text) => text, phrase: (text) => text };
  const small = new Set<string>();
  const capital = new Set<string>();
  for (const text of texts) {
    for (const match of text.matchAll(/(?<=[\p{L}\p{N},;)]\s)\p{L}[\p{L}’'-]*/gu)) {
      const word = stripped(match[0]);
      if (/^\p{Lu}/u.test(word)) capital.add(word);
      else small.add(word);
    }
  }
  const isName = (word: string) =>
    /^I(?:['’]|$)/.test(word) ||
    /\p{Lu}/u.test(word.slice(1)) ||
    (capital.has(stripped(word)) && !ordinary.has(word.toLowerCase()));
  const isPlain = (word: string) => {
    const lower = word.toLowerCase();
    return (
      ordinary.has(lower) || small.has(lower) || /(?:ing|ly|tion|ness|ment|ity|ance|ence)s?$/.test(lower)
    );
  };
  /** Seen with a small letter elsewhere, and not the first of two capitals. */
  const isOrdinaryWord = (text: string) => {
    const word = firstWord(text);
    return (
      !/\p{Lu}/u.test(word.slice(1)) &&
      small.has(stripped(word).toLowerCase()) &&
      !/^\S+\s+\p{Lu}/u.test(text)
    );
  };
  /** "North Korea": a first word that is not of every text, followed by another capital. */
  const isFirstOfTwo = (text: string) =>
    /^\S+\s+\p{Lu}\p{Ll}/u.test(text) && !ordinary.has(firstWord(text).toLowerCase());
  return {
    isEnglish,
    sentence: (text) =>
      isName(firstWord(text)) || isFirstOfTwo(text) || !isPlain(firstWord(text)) ? text : lowerFirst(text),
    phrase: (text) =>
      isFirstOfTwo(text) || (isName(firstWord(text)) && !isOrdinaryWord(text)) ? text : lowerFirst(text),
  };
}

/** Without a possessive ending. */
function stripped(word: string): string {
  return word.replace(/['’]s?$/, '');
}

function firstWord(text: string): string {
  return /^[\p{L}][\p{L}'’-]*/u.exec(text)?.[0] ?? '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function upperFirst(text: string): string {
  const at = text.search(/[\p{L}\d"“]/u);
  return at < 0 ? text : text.slice(0, at) + text.charAt(at).toUpperCase() + text.slice(at + 1);
}

/** Without a full stop, and without the spaces around it; other end marks stay. */
export function withoutStop(text: string): string {
  return text
    .trim()
    .replace(/(?<!\.)\.(?=(?:\s*\[P\d+\])*$)/, '')
    .trim();
}

/** One sentence of a template's words: capital at the start, one end mark, no doubled space. Quotations stay as they are. */
export function sentence(text: string): string {
  const tidy = text
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? part : tidied(part)))
    .join('')
    .trim()
    .replace(/([.!?]")\.$/, '$1');
  return upperFirst(/[.!?]["”)]?$/.test(tidy) ? tidy : `${tidy}.`);
}

/** What any of the repairs below would find. */
const untidy = /[^\S ]|\s\s|\s[,.;:?!]|([;:,!?])\1|\.\.|,\s*[;:.?!]|[?!]\./;

function tidied(text: string): string {
  if (!untidy.test(text)) return text;
  return text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:?!])/g, '$1')
    .replace(/([;:,!?])\1+/g, '$1')
    .replace(/(?<!\.)\.\.(?!\.)/g, '.')
    .replace(/,\s*([;:.?!])/g, '$1')
    .replace(/([?!])\./g, '$1');
}

export function wordCount(text: string): number {
  let count = 0;
  let isInside = false;
  for (let at = 0; at < text.length; at++) {
    const isSpace = isBlank(text.charCodeAt(at));
    if (isInside && isSpace) count++;
    isInside = !isSpace;
  }
  return count + Number(isInside);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}
