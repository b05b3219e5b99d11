import { remembering } from '../../../src/text/memo.ts';
import { isContent, type Word, wordsOf } from '../../../src/text/words.ts';

/** What a text says comes early (`<stem`) and late (`>stem`), so that "A before B" and "B before A" differ though their words do not. */
export interface Order {
  features: ReadonlySet<string>;
  /** True where a "no" or "not" belongs to the order, as in "no A before B", and so says nothing about the stand. */
  usesNegation: boolean;
}

const before = new Set(['before', 'precede', 'precedes', 'preceding', 'ahead', 'prior']);
const until = new Set(['until', 'till', 'unless', 'without']);
const after = new Set([
  'after',
  'once',
  'following',
  'upon',
  'when',
  'conditional',
  'contingent',
  'depend',
  'depends',
  'hinges',
  'follow',
  'follows',
]);
const late = new Set(['last', 'later', 'afterwards']);
const negators = new Set([
  'no',
  'not',
  'never',
  'nothing',
  'none',
  'cannot',
  "can't",
  "won't",
  "don't",
  'refuse',
  'refuses',
  'neither',
  'nobody',
]);
/** "not A until B" orders by its "not"; "A stays until B" orders without one, so that a "not" before it is a refusal. */
const lasting = new Set([
  'stay',
  'stays',
  'remain',
  'remains',
  'wait',
  'waits',
  'continue',
  'continues',
  'last',
  'lasts',
  'force',
]);
const reach = 4;

export const orderOf: (text: string) => Order = remembering(1000, (text: string) => {
  const words = wordsOf(text);
  const order = { features: new Set<string>(), usesNegation: false };
  const tell = (early: readonly Word[], lateWords: readonly Word[]) => {
    for (const word of early) order.features.add(`<${word.stem}`);
    for (const word of lateWords) order.features.add(`>${word.stem}`);
  };
  words.forEach((word, index) => {
    const isBefore = before.has(word.lower);
    const isUntil = until.has(word.lower);
    const isAfter = after.has(word.lower) && words[index - 1]?.lower !== 'at';
    if (isBefore || isUntil || isAfter) {
      const [left, right] = sides(text, words, index);
      const isNegated =
        words.slice(Math.max(0, index - 12), index).some((other) => negators.has(other.lower)) ||
        (index === 0 && left.some((other) => negators.has(other.lower)));
      const leftContent = nearest(left, 'end');
      const rightContent = nearest(right, 'start');
      if (isBefore && !isNegated) tell(leftContent, rightContent);
      else tell(rightContent, leftContent);
      if (isNegated && !isAfter && !left.some((other) => lasting.has(other.lower))) order.usesNegation = true;
    } else if (word.lower === 'first' && !isOrdinal(words, index)) {
      const left = nearest(sinceLastMark(words, index), 'end');
      tell(left.length > 0 ? left : nearest(words.slice(index + 1), 'start'), []);
    } else if (late.has(word.lower)) {
      tell([], nearest(sinceLastMark(words, index), 'end'));
    } else if (word.lower === 'then' && index > 0) {
      tell(nearest(words.slice(0, index), 'end'), nearest(words.slice(index + 1), 'start'));
    }
  });
  return order;
});

/** The words before an order word that the one before it, or an "and", has not claimed. */
function sinceLastMark(words: readonly Word[], index: number): Word[] {
  const before = words.slice(0, index);
  const mark = before.findLastIndex(
    ({ lower }) => lower === 'first' || lower === 'and' || lower === 'then' || late.has(lower),
  );
  return before.slice(mark + 1);
}

/** What stands left and right of an order word; "Once A, B" is read as "B once A". */
function sides(text: string, words: readonly Word[], index: number): [Word[], Word[]] {
  if (index > 0) return [words.slice(0, index), words.slice(index + 1)];
  const comma = text.indexOf(',', words[0]?.at ?? 0);
  if (comma < 0) return [[], words.slice(1)];
  const inner = words.slice(1).filter((word) => word.at < comma);
  return [words.filter((word) => word.at > comma), inner];
}

/** "the first step" orders nothing; "dismantlement first" does. */
function isOrdinal(words: readonly Word[], index: number): boolean {
  return ['the', 'a', 'its', 'our', 'your', 'their'].includes(words[index - 1]?.lower ?? '');
}

function nearest(words: readonly Word[], from: 'start' | 'end'): Word[] {
  const content = words.filter(isContent);
  return from === 'end' ? content.slice(-reach) : content.slice(0, reach);
}
