import { remembered } from '../text/memo.ts';
import { normalise } from './normalised-text.ts';
import { isLong } from './quotations.ts';

/** A stretch of words in a comparison of a quotation with its source. */
export interface DiffPart {
  /** added: only in the quotation; missing: only in the source. */
  kind: 'same' | 'added' | 'missing';
  text: string;
}

/**
 * How a quotation stands in a text; start and end are offsets of the original text.
 * - exact: letter by letter
 * - normalised: word for word; typography, case or an honest ellipsis differ
 * - near: most words, in order: a misquote, with the share of words that match and the difference
 */
export type QuoteMatch =
  | { kind: 'exact' | 'normalised'; start: number; end: number }
  | { kind: 'near'; start: number; end: number; similarity: number; diff: DiffPart[] }
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

/** A quotation that is looked for in texts; what is known of it alone is worked out once for all of them. */
export interface SoughtQuote {
  exactIn(text: string): Verbatim | null;
  normalisedIn(text: string): Verbatim | null;
  /** Of a text that does not hold it word for word. */
  nearIn(text: string): Extract<QuoteMatch, { kind: 'near' }> | null;
}

export function soughtQuote(quote: string): SoughtQuote {
  const words = trimmedOf(quote, isSpace);
  let parts: readonly string[] | null = null;
  let wanted: Wanted | null = null;
  return {
    exactIn(text) {
      const start = placeOf(words, text, 0);
      return start === null ? null : { kind: 'exact', start, end: start + words.length };
    },
    normalisedIn(text) {
      parts ??= partsOf(quote);
      const found = findNormalised(parts, text);
      return found && { kind: 'normalised', ...found };
    },
    nearIn(text) {
      wanted ??= wantedOf(quote);
      const found = nearest(wanted, quote, text);
      return found && { kind: 'near', ...found };
    },
  };
}

/**
 * Looks for a quotation in a text. Linear in both; a near match is sought only where most of the quotation's words stand close together.
 */
export function findQuote(quote: string, text: string): QuoteMatch {
  const sought = soughtQuote(quote);
  return sought.exactIn(text) ?? sought.normalisedIn(text) ?? sought.nearIn(text) ?? { kind: 'absent' };
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
  const [only] = parts;
  if (only === undefined || parts.length > 1) return null;
  const source = normalise(text);
  const start = placeOf(only, source.text, 0);
  return start === null ? null : source.original(start, start + only.length);
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
  const source = normalise(text);
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

/** The share of words that must match for a misquote to count as one, and not as words of the speaker's own. */
const leastSimilar = 0.6;
const fewestWords = 4;

/** Longer quotations are compared by their first words only, which bounds the work. */
const mostWords = 200;

/** Windows of the text in which the most words of the quotation stand, and which are aligned with it. */
const mostWindows = 3;

/**
 * The stretch of a text that is most like a quotation, by words: the semi-global edit distance of Sellers (1980), in
 * which the quotation may begin and end anywhere in the text, in those windows of the text that share the most words with it.
 * Similarity is 1 - edits / words of the longer stretch, 0..1. null below 0.6, and for what is too short for a quotation.
 */
function nearest(
  wanted: Wanted,
  quote: string,
  text: string,
): { start: number; end: number; similarity: number; diff: DiffPart[] } | null {
  if (wanted.words.length < fewestWords && !isLong(quote)) return null;
  const words = wordsOf(text);
  if (!holdsEnough(wanted, words)) return null;
  let best: ReturnType<typeof alignedIn> = null;
  for (const [from, to] of windowsOf(wanted, words)) {
    const found = alignedIn(wanted.words, range(words, from, to), text);
    if (found && (best === null || found.similarity > best.similarity)) best = found;
  }
  if (best === null) return null;
  const { start, end, similarity, steps } = best;
  return { start, end, similarity, diff: diffOf(steps, quote, text) };
}

/** A word with its place in the original text. */
interface Word {
  /** As compared: normalised. */
  key: string;
  start: number;
  end: number;
}

/** A quotation's words as far as they are compared. */
interface Wanted {
  words: readonly Word[];
  keys: ReadonlySet<string>;
  /** Fewer of them in a window are not near. */
  least: number;
}

function wantedOf(quote: string): Wanted {
  const all = wordsOf(quote);
  const words = range(all, 0, Math.min(all.keys.length, mostWords));
  const keys = new Set(words.map(({ key }) => key));
  return { words, keys, least: Math.ceil(words.length * leastSimilar) };
}

/** Does the whole text hold as many of the words as a window must? Most texts that a quotation is looked for in do not. */
function holdsEnough({ keys, least }: Wanted, { counts }: Words): boolean {
  let count = 0;
  for (const key of keys) {
    count += counts.get(key) ?? 0;
    if (count >= least) return true;
  }
  return false;
}

interface Words {
  keys: readonly string[];
  /** How many times each word stands in the text. */
  counts: ReadonlyMap<string, number>;
  /** Offsets in the normalised text, by word. */
  starts: readonly number[];
  original: (start: number, end: number) => { start: number; end: number };
}

/** A letter of a script that writes no words apart, or a run of other letters and digits, with its per cent. */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+(?:'[\p{L}\p{N}]+)*[%\u2030]?/gv;

const wordsOf = remembered((text): Words => {
  const { text: even, original } = normalise(text);
  const keys: string[] = [];
  const starts: number[] = [];
  const counts = new Map<string, number>();
  for (const match of even.matchAll(word)) {
    keys.push(match[0]);
    starts.push(match.index);
    counts.set(match[0], (counts.get(match[0]) ?? 0) + 1);
  }
  return { keys, counts, starts, original };
});

function range({ keys, starts, original }: Words, from: number, to: number): Word[] {
  return keys.slice(from, to).map((key, place) => {
    const start = starts[from + place] as number;
    return { key, ...original(start, start + key.length) };
  });
}

/** Stretches of words that hold enough of the wanted ones to be near them: a sliding count, and the fullest windows of it. */
function windowsOf({ words, keys: isWanted, least }: Wanted, { keys }: Words): [number, number][] {
  const span = Math.ceil(words.length / leastSimilar);
  const found: { count: number; end: number }[] = [];
  let count = 0;
  for (let end = 1; end <= keys.length; end++) {
    if (isWanted.has(keys[end - 1] as string)) count++;
    if (end > span && isWanted.has(keys[end - 1 - span] as string)) count--;
    if (count < least) continue;
    const close = found.find((one) => end - one.end < span);
    if (!close) {
      found.push({ count, end });
      found.sort((one, other) => other.count - one.count);
      if (found.length > mostWindows) found.pop();
    } else if (count > close.count) {
      close.count = count;
      close.end = end;
    }
  }
  return found.map(({ end }) => [Math.max(0, end - 2 * span), Math.min(keys.length, end + span)]);
}

function alignedIn(
  wanted: readonly Word[],
  words: readonly Word[],
  text: string,
): { start: number; end: number; similarity: number; steps: Step[] } | null {
  const end = bestEnd(wanted, words, text);
  // The stretch cannot be longer than the quotation and its allowed edits.
  const window = words.slice(Math.max(0, end - 2 * wanted.length), end);
  const { edits, from, steps } = align(wanted, window, text);
  const similarity = 1 - edits / Math.max(wanted.length, window.length - from);
  const [first, last] = [window[from], window.at(-1)];
  if (similarity < leastSimilar || !first || !last) return null;
  return { start: first.start, end: last.end, similarity, steps };
}

/** How many words of the text the best stretch ends after. */
function bestEnd(wanted: readonly Word[], words: readonly Word[], text: string): number {
  let column = wanted.map((_, row) => row + 1);
  let best = { edits: wanted.length, end: 0 };
  for (const [place, word] of words.entries()) {
    let diagonal = 0;
    let above = 0;
    column = column.map((left, row) => {
      const cost = Math.min(left + 1, above + 1, diagonal + (wanted[row]?.key === word.key ? 0 : 1));
      diagonal = left;
      above = cost;
      return cost;
    });
    // "shuts" for "closes" at the end costs no more than "closes" alone, and says what was changed.
    const isChanged = above === best.edits && best.end === place && isInSentence(words, place, text);
    if (above < best.edits || isChanged) best = { edits: above, end: place + 1 };
  }
  return best.end;
}

/** Does a word stand in the sentence of the one before it? */
function isInSentence(words: readonly Word[], place: number, text: string): boolean {
  const [before, word] = [words[place - 1], words[place]];
  return before !== undefined && word !== undefined && !sentenceEnd.test(text.slice(before.end, word.start));
}

const sentenceEnd = /[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]/u;

type Step = { kind: DiffPart['kind']; word: Word };

/** Aligns the whole quotation with the end of a window; words of the window before `from` are not part of it. */
function align(
  wanted: readonly Word[],
  window: readonly Word[],
  text: string,
): { edits: number; from: number; steps: Step[] } {
  const costs: number[][] = [Array.from({ length: window.length + 1 }, () => 0)];
  for (let row = 1; row <= wanted.length; row++) {
    const line = [row];
    for (let column = 1; column <= window.length; column++) {
      const isSame = wanted[row - 1]?.key === window[column - 1]?.key;
      const over = cost(costs, row - 1, column - 1) + (isSame ? 0 : 1);
      line.push(Math.min(over, cost(costs, row - 1, column) + 1, (line[column - 1] as number) + 1));
    }
    costs.push(line);
  }
  const steps: Step[] = [];
  let row = wanted.length;
  let column = window.length;
  while (row > 0) {
    const word = wanted[row - 1] as Word;
    const source = window[column - 1];
    const here = cost(costs, row, column);
    const isSame = source?.key === word.key;
    // A first word that was put before a sentence stands for none of the sentence before.
    const isOutside = !isSame && row === 1 && column < window.length && !isInSentence(window, column, text);
    if (source && !isOutside && here === cost(costs, row - 1, column - 1) + (isSame ? 0 : 1)) {
      if (isSame) steps.push({ kind: 'same', word });
      else steps.push({ kind: 'added', word }, { kind: 'missing', word: source });
      row--;
      column--;
    } else if (here === cost(costs, row - 1, column) + 1) {
      steps.push({ kind: 'added', word });
      row--;
    } else {
      steps.push({ kind: 'missing', word: source as Word });
      column--;
    }
  }
  return { edits: cost(costs, wanted.length, window.length), from: column, steps: steps.reverse() };
}

function cost(costs: readonly number[][], row: number, column: number): number {
  return costs[row]?.[column] ?? Number.POSITIVE_INFINITY;
}

/** Joins steps of a kind; within a changed stretch the source's words come first. */
function diffOf(steps: readonly Step[], quote: string, text: string): DiffPart[] {
  const parts: DiffPart[] = [];
  let run: Step[] = [];
  const put = (kind: DiffPart['kind'], source: string) => {
    const words = run.filter((step) => step.kind === kind).map(({ word }) => word);
    const [first, last] = [words[0], words.at(-1)];
    if (first && last) parts.push({ kind, text: source.slice(first.start, last.end) });
  };
  const close = () => {
    put('same', quote);
    put('missing', text);
    put('added', quote);
    run = [];
  };
  for (const step of steps) {
    const last = run.at(-1);
    if (last && (last.kind === 'same') !== (step.kind === 'same')) close();
    run.push(step);
  }
  close();
  return parts;
}
