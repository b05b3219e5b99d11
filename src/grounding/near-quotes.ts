import { remembered } from '../text/memo.ts';
import { mostLetters } from '../text/words.ts';
import { normalise } from './normalised-text.ts';
import { isLong } from './quotations.ts';

/** A stretch of words in a comparison of a quotation with its source. */
export interface DiffPart {
  /** added: only in the quotation; missing: only in the source. */
  kind: 'same' | 'added' | 'missing';
  text: string;
}

/** The stretch of a text that a quotation misquotes; offsets of the original text, and the share of words that match. */
export interface NearMatch {
  kind: 'near';
  start: number;
  end: number;
  similarity: number;
  diff: DiffPart[];
}

/** The share of words that must match for a misquote to count as one, and not as words of the speaker's own. */
const leastSimilar = 0.6;
const fewestWords = 4;

/** Longer quotations are compared by their first words only, which bounds the work. */
const mostWords = 200;

/** Windows of the text in which the most words of the quotation stand, and which are aligned with it. */
const mostWindows = 3;

interface Words {
  /** Normalised. */
  keys: readonly string[];
  /** How many times each word stands in the text. */
  counts: ReadonlyMap<string, number>;
  /** Where the words from one to another stand in the original text. */
  place(first: number, last: number): { start: number; end: number };
}

const sentenceEnd = /[.!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964]/u;

/** A letter of a script that writes no words apart, or a run of other letters and digits, with its per cent. */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]\p{M}*|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+(?:'[\p{L}\p{N}]+)*[%\u2030]?/gv;

const wordsOf = remembered((text): Words => {
  const { text: even, original } = normalise(text.slice(0, mostLetters));
  const keys: string[] = [];
  const starts: number[] = [];
  const counts = new Map<string, number>();
  for (const { 0: key, index } of even.matchAll(word)) {
    keys.push(key);
    starts.push(index);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const endOf = (at: number) => (starts[at] as number) + (keys[at] as string).length;
  return { keys, counts, place: (first, last) => original(starts[first] as number, endOf(last)) };
});

/**
 * Finds the stretch of a text that is most like a quotation, by words: the semi-global edit distance of Sellers (1980), in which the
 * quotation may begin and end anywhere in the text, in those windows of the text that share the most words with it. Similarity is
 * 1 - edits / words of the longer stretch, 0..1. null below 0.6, and for what is too short for a quotation.
 */
export function nearMatcher(quote: string): (text: string) => NearMatch | null {
  const quoted = wordsOf(quote);
  const wanted = quoted.keys.slice(0, mostWords);
  const isWanted = new Set(wanted);
  const isTooShort = wanted.length < fewestWords && !isLong(quote);
  const least = Math.ceil(wanted.length * leastSimilar);
  return (text) => {
    if (isTooShort) return null;
    const words = wordsOf(text);
    if (!holdsEnough(isWanted, least, words)) return null;
    // Does a sentence end between a word and the one before it?
    const isApart = (at: number) =>
      sentenceEnd.test(text.slice(words.place(at - 1, at - 1).end, words.place(at, at).start));
    let best: Alignment | null = null;
    for (const [from, to] of windowsOf(words.keys, isWanted, least, wanted.length)) {
      const found = aligned(wanted, words.keys.slice(from, to), from, isApart);
      if (found && found.similarity > (best?.similarity ?? 0)) best = found;
    }
    if (!best) return null;
    const { first, last, similarity, steps } = best;
    const source = (kind: DiffPart['kind'], from: number, to: number) => {
      const { start, end } = (kind === 'missing' ? words : quoted).place(from, to);
      return (kind === 'missing' ? text : quote).slice(start, end);
    };
    return { kind: 'near', ...words.place(first, last), similarity, diff: diffOf(steps, source) };
  };
}

/** Does the whole text hold as many of the words as a window must? Most texts that a quotation is looked for in do not. */
function holdsEnough(wanted: ReadonlySet<string>, least: number, { counts }: Words): boolean {
  let count = 0;
  for (const key of wanted) {
    count += counts.get(key) ?? 0;
    if (count >= least) return true;
  }
  return false;
}

/** Stretches of words that hold enough of the wanted ones to be near them: a sliding count, and the fullest windows of it. */
function windowsOf(
  keys: readonly string[],
  isWanted: ReadonlySet<string>,
  least: number,
  length: number,
): [number, number][] {
  const span = Math.ceil(length / leastSimilar);
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

/** A word of the quotation (same, added) or of the text (missing), by its index. */
interface Step {
  kind: DiffPart['kind'];
  at: number;
}

interface Alignment {
  /** Words of the text, by their index. */
  first: number;
  last: number;
  similarity: number;
  steps: Step[];
}

/** Aligns the whole quotation with the stretch of a window, which begins at word `offset` of the text, that takes the fewest edits. */
function aligned(
  wanted: readonly string[],
  window: readonly string[],
  offset: number,
  isApart: (at: number) => boolean,
): Alignment | null {
  const width = window.length + 1;
  const costs = new Uint16Array((wanted.length + 1) * width);
  const cost = (row: number, column: number) => costs[row * width + column] as number;
  const over = (row: number, column: number) =>
    cost(row - 1, column - 1) + (wanted[row - 1] === window[column - 1] ? 0 : 1);
  for (let row = 1; row <= wanted.length; row++) {
    costs[row * width] = row;
    for (let column = 1; column < width; column++)
      costs[row * width + column] = Math.min(
        over(row, column),
        cost(row - 1, column) + 1,
        cost(row, column - 1) + 1,
      );
  }
  let [edits, end] = [wanted.length, 0];
  for (let column = 1; column < width; column++) {
    const here = cost(wanted.length, column);
    // "shuts" for "closes" at the end costs no more than "closes" alone, and says what was changed.
    const isChanged = here === edits && end > 0 && end === column - 1 && !isApart(offset + column - 1);
    if (here < edits || isChanged) [edits, end] = [here, column];
  }
  let [row, column] = [wanted.length, end];
  const steps: Step[] = [];
  while (row > 0) {
    const quoted: Step = { kind: 'added', at: row - 1 };
    const source: Step = { kind: 'missing', at: offset + column - 1 };
    const isSame = wanted[row - 1] === window[column - 1];
    // A first word that was put before a sentence stands for none of the sentence before.
    const isOutside = !isSame && row === 1 && column > 0 && column < end && isApart(offset + column);
    if (column > 0 && !isOutside && cost(row, column) === over(row, column)) {
      if (isSame) steps.push({ ...quoted, kind: 'same' });
      else steps.push(quoted, source);
      row--;
      column--;
    } else if (cost(row, column) === cost(row - 1, column) + 1) {
      steps.push(quoted);
      row--;
    } else {
      steps.push(source);
      column--;
    }
  }
  const similarity = 1 - edits / Math.max(wanted.length, end - column);
  return similarity >= leastSimilar && end > column
    ? { first: offset + column, last: offset + end - 1, similarity, steps: steps.reverse() }
    : null;
}

/** Joins steps of a kind; within a changed stretch the source's words come first. */
function diffOf(
  steps: readonly Step[],
  textOf: (kind: DiffPart['kind'], first: number, last: number) => string,
): DiffPart[] {
  const parts: DiffPart[] = [];
  for (let from = 0, to = 0; from < steps.length; from = to) {
    const isSame = steps[from]?.kind === 'same';
    while (to < steps.length && (steps[to]?.kind === 'same') === isSame) to++;
    for (const kind of ['same', 'missing', 'added'] as const) {
      const run = steps.slice(from, to).filter((step) => step.kind === kind);
      const [first, last] = [run[0], run.at(-1)];
      if (first && last) parts.push({ kind, text: textOf(kind, first.at, last.at) });
    }
  }
  return parts;
}
