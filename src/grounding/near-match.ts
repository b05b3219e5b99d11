import { remembered } from '../text/memo.ts';
import { normalise } from './normalised-text.ts';
import type { DiffPart } from './quotes.ts';

/** A word with its place in the original text. */
interface Word {
  /** As compared: normalised. */
  key: string;
  start: number;
  end: number;
}

/** The share of words that must match for a misquote to count as one, and not as words of the speaker's own. */
const leastSimilar = 0.6;
const fewestWords = 4;

/** Longer quotations are compared by their first words only, which bounds the work. */
const mostWords = 200;

/**
 * The stretch of a text that is most like a quotation, by words: the semi-global edit distance of Sellers (1980), in
 * which the quotation may begin and end anywhere in the text. Similarity is 1 - edits / words of the longer stretch, 0..1.
 * null below 0.6, and for quotations of fewer than four words.
 */
export function nearest(
  quote: string,
  text: string,
): { start: number; end: number; similarity: number; diff: DiffPart[] } | null {
  const wanted = wordsOf(quote).slice(0, mostWords);
  if (wanted.length < fewestWords) return null;
  const words = wordsOf(text);
  if (shareFound(wanted, words) < leastSimilar) return null;
  const end = bestEnd(wanted, words);
  // The stretch cannot be longer than the quotation and its allowed edits.
  const window = words.slice(Math.max(0, end - 2 * wanted.length), end);
  const { edits, from, steps } = align(wanted, window);
  const length = window.length - from;
  const similarity = 1 - edits / Math.max(wanted.length, length);
  const [first, last] = [window[from], window.at(-1)];
  if (similarity < leastSimilar || !first || !last) return null;
  return { start: first.start, end: last.end, similarity, diff: diffOf(steps, quote, text) };
}

const wordsOf = remembered((text): readonly Word[] => {
  const even = normalise(text);
  return [...even.text.matchAll(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu)].map((match) => ({
    key: match[0],
    ...even.original(match.index, match.index + match[0].length),
  }));
});

/** A cheap upper bound of the similarity, so that most passages are never aligned. */
function shareFound(wanted: readonly Word[], words: readonly Word[]): number {
  const left = new Map<string, number>();
  for (const { key } of words) left.set(key, (left.get(key) ?? 0) + 1);
  let found = 0;
  for (const { key } of wanted) {
    const count = left.get(key) ?? 0;
    if (count > 0) found++;
    left.set(key, count - 1);
  }
  return found / wanted.length;
}

/** How many words of the text the best stretch ends after. */
function bestEnd(wanted: readonly Word[], words: readonly Word[]): number {
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
    if (above < best.edits) best = { edits: above, end: place + 1 };
  }
  return best.end;
}

type Step = { kind: DiffPart['kind']; word: Word };

/** Aligns the whole quotation with the end of a window; words of the window before `from` are not part of it. */
function align(
  wanted: readonly Word[],
  window: readonly Word[],
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
    if (source && here === cost(costs, row - 1, column - 1) + (isSame ? 0 : 1)) {
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
