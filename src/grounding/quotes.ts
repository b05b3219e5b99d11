import { mostLetters } from '../text/words.ts';
import { type NearMatch, nearMatcher } from './near-quotes.ts';
import { normalise } from './normalised-text.ts';

/**
 * How a quotation stands in a text; start and end are offsets of the original text.
 * - exact: letter by letter
 * - normalised: word for word; typography, case or an honest ellipsis differ
 * - near: most words, in order: a misquote, with the share of words that match and the difference
 */
export type QuoteMatch =
  | { kind: 'exact' | 'normalised'; start: number; end: number }
  | NearMatch
  | { kind: 'absent' };

/** Letters that an ellipsis may leave out of a quotation: about three sentences. */
const longestGap = 400;

/** Places at which a quotation with an ellipsis is tried; its first words may be very common. */
const mostTries = 500;

const ellipsis = /\u2026|\.[^\S\n]?\.[^\S\n]?\./;

/**
 * Words by which a left-out stretch turns a sentence round or takes it back. Code cannot know what an omission does to a sentence, so
 * one that holds any of these is not taken for honest. They never make anything count; they only keep it from counting.
 */
const turning =
  /(?:^|[^\p{L}])(?:not?|never|nor|neither|none|nobody|nothing|nowhere|hardly|scarcely|barely|rarely|seldom|unless|without|except|only|until|if|but|cannot|refus\p{L}*|reject\p{L}*|den(?:y|ies|ied)|fail\p{L}*|oppos\p{L}*|against|\p{L}+n['\u2019]t|nicht|nie|niemals|kein\p{L}*|ohne|au\u00dfer|weder|noch|kaum|nur|wenn|aber|ne|n['\u2019]\p{L}+|pas|jamais|sans|aucun\p{L}*|ni|sauf|si|mais|nunca|jam\u00e1s|sin|salvo|ning\p{L}+|nada|pero|sino|non|mai|senza|n\u00e9|nessun\p{L}*|se|ma|n\u00e3o|sem|nem|mas|niet|nooit|geen|zonder|\u043d\u0435|\u043d\u0438|\u043d\u0438\u043a\u043e\u0433\u0434\u0430|\u0431\u0435\u0437|\u0635?\u0644\u0627|\u0644\u0646|\u0644\u0645|\u0644\u064a\u0633\p{L}*|\u063a\u064a\u0631|\u0628\u062f\u0648\u0646|\u0625\u0644\u0627)(?![\p{L}])|[\u4e0d\u6ca1\u6c92\u672a\u975e\u65e0\u7121\u52ff\u522b\u5426\u9664]|\u306a\u3044|\u306a\u304f|\u306a\u304b\u3063|\u307e\u305b\u3093|\u305a\u306b|\u3060\u3081|\u4ee5\u5916|\uc54a|\ubabb|\uc5c6|\u0e44\u0e21\u0e48/iu;

type Verbatim = Extract<QuoteMatch, { kind: 'exact' | 'normalised' }>;

/** The ways to look for a quotation in texts, the strictest first; what is known of it alone is worked out once for all texts. */
export function quoteMatchers(quote: string): [verbatim: Matcher<Verbatim>[], near: Matcher<NearMatch>] {
  const words = trimmedOf(quote, isSpace);
  const parts = once(() => partsOf(quote));
  const near = once(() => nearMatcher(quote));
  const exact: Matcher<Verbatim> = (text) => {
    const start = placeOf(words, text, 0);
    return start === null ? null : { kind: 'exact', start, end: start + words.length };
  };
  const normalised: Matcher<Verbatim> = (text) => {
    const found = findNormalised(parts(), text);
    return found && { kind: 'normalised', ...found };
  };
  return [[exact, normalised], (text) => near()(text)];
}

type Matcher<Match> = (text: string) => Match | null;

function once<Value extends object>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

/**
 * Looks for a quotation in a text. Linear in both; a near match is sought only where most of the quotation's words stand close together.
 */
export function findQuote(quote: string, text: string): QuoteMatch {
  const [[exact, normalised], near] = quoteMatchers(quote);
  return exact?.(text) ?? normalised?.(text) ?? near(text) ?? { kind: 'absent' };
}

/**
 * Where a quotation stands in a text word for word, in one unbroken stretch; null where it does not. As evidence an ellipsis inside it
 * counts for nothing: what it leaves out may say the opposite.
 */
export function matchQuote(quote: string, text: string): { start: number; end: number } | null {
  const words = trimmedOf(quote, isSpace);
  const exact = placeOf(words, text, 0);
  if (exact !== null) return { start: exact, end: exact + words.length };
  const parts = partsOf(quote);
  return parts.length === 1 ? findNormalised(parts, text) : null;
}

/** The stretches of a quotation between its ellipses, as they are compared. */
function partsOf(quote: string): string[] {
  return quote
    .split(ellipsis)
    .map((part) => trimmedOf(normalise(part).text, isOuter))
    .filter((part) => part !== '');
}

/** Each part between ellipses must follow the last one within reach, and what is left out must turn nothing round. */
function findNormalised(
  [first, ...rest]: readonly string[],
  text: string,
): { start: number; end: number } | null {
  if (first === undefined) return null;
  const source = normalise(text.slice(0, mostLetters));
  let start = placeOf(first, source.text, 0);
  for (let tries = 0; start !== null && tries < mostTries; tries++) {
    const end = endOfRest(rest, source.text, start + first.length);
    if (end !== null) return source.original(start, end);
    start = rest.length === 0 ? null : placeOf(first, source.text, start + 1);
  }
  return null;
}

function endOfRest(parts: readonly string[], text: string, from: number): number | null {
  let end = from;
  for (const part of parts) {
    const reach = text.slice(end, end + longestGap + part.length + 1);
    const place = placeOf(part, reach, 0);
    if (place === null || place > longestGap || turning.test(reach.slice(0, place))) return null;
    end += place + part.length;
  }
  return end;
}

/** The first place of whole words; null for none. */
function placeOf(words: string, text: string, from: number): number | null {
  if (words === '') return null;
  let place = text.indexOf(words, from);
  while (place >= 0) {
    const isWhole = !isInsideWord(text, place) || isAfterAnd(text, place);
    if (isWhole && !isInsideWord(text, place + words.length)) return place;
    place = text.indexOf(words, place + 1);
  }
  return null;
}

const letter = /[\p{L}\p{N}\p{M}]/u;
/** Scripts that put no space between words: any place between two of their letters may be the end of one. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Arabic and Hebrew write "and" and "so" as the first letter of the next word; a quotation may begin after it. */
function isAfterAnd(text: string, place: number): boolean {
  return /(?:^|[^\p{L}\p{M}\p{N}])(?:[\u0648\u0641][\u064b-\u0652]?|\u05d5)$/u.test(
    text.slice(Math.max(0, place - 3), place),
  );
}

/** Would a cut here part a word, or a number from its thousands, decimals or per cent? */
function isInsideWord(text: string, place: number): boolean {
  const before = text.charAt(place - 1);
  const after = text.charAt(place);
  if (before === '' || after === '') return false;
  if (isPlainLetter(before) && isPlainLetter(after)) return true;
  if (isDigit(before)) {
    if (after === '%' || after === '\u2030') return true;
    if ((after === '.' || after === ',') && isDigit(text.charAt(place + 1))) return true;
  }
  if (isDigit(after) && (before === '.' || before === ',') && isDigit(text.charAt(place - 2))) return true;
  if (before <= '\u007f' && after <= '\u007f') return false;
  return letter.test(before) && letter.test(after) && !unspaced.test(before) && !unspaced.test(after);
}

function isPlainLetter(unit: string): boolean {
  return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || isDigit(unit);
}

function isDigit(unit: string): boolean {
  return unit >= '0' && unit <= '9';
}

function isSpace(unit: string): boolean {
  return unit === ' ' || /\s/.test(unit);
}

function isOuter(unit: string): boolean {
  return (
    " .,;:!?'()-[]\u3002\u3001\uff0c\uff01\uff1f\uff1b\uff1a\u060c\u061b\u061f\u00bf\u00a1".includes(unit) ||
    /\s/.test(unit)
  );
}

/** Trims by hand: an anchored pattern looks at a run of spaces once for each of them. */
function trimmedOf(text: string, isOff: (unit: string) => boolean): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOff(text.charAt(start))) start++;
  while (end > start && isOff(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
