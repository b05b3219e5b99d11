import { diffArrays, diffWordsWithSpace } from 'diff';

/** Words that both texts have, or that one of them has alone. */
export interface Wording {
  text: string;
  isOwn: boolean;
}

/** One sentence or line of each text beside each other; null where a text has no such one. */
export interface LinePair {
  left: Wording[] | null;
  right: Wording[] | null;
  isEqual: boolean;
}

/**
 * Lays two texts side by side, sentence by sentence, since prompts are written in long lines; and marks within
 * sentences that resemble each other the words that differ.
 */
export function alignedLines(left: string, right: string): LinePair[] {
  const pairs: LinePair[] = [];
  let removed: string[] = [];
  for (const change of diffArrays(sentencesOf(left), sentencesOf(right))) {
    if (change.removed) {
      removed = change.value;
    } else if (change.added) {
      pairs.push(...besideEachOther(removed, change.value));
      removed = [];
    } else {
      pairs.push(...besideEachOther(removed, []), ...change.value.map(equal));
      removed = [];
    }
  }
  return [...pairs, ...besideEachOther(removed, [])];
}

function sentencesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.split(/(?<=[.!?:]["’”)]?) +(?=\p{Lu})/u));
}

function equal(text: string): LinePair {
  const piece = [{ text, isOwn: false }];
  return { left: piece, right: piece, isEqual: true };
}

function besideEachOther(left: readonly string[], right: readonly string[]): LinePair[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, index) => {
    const [one, other] = [left[index], right[index]];
    if (one === undefined || other === undefined) {
      return { left: whole(one), right: whole(other), isEqual: false };
    }
    return { ...byWords(one, other), isEqual: false };
  });
}

function whole(text: string | undefined): Wording[] | null {
  return text === undefined ? null : [{ text, isOwn: true }];
}

/** Sentences with less than this share of their letters in common are different altogether: scattered marks help nobody. */
const alike = 0.5;
/** Words in common, between words that differ, that are too few to be worth leaving unmarked. */
const stray = 2;

function byWords(left: string, right: string): { left: Wording[]; right: Wording[] } {
  const changes = diffWordsWithSpace(left, right);
  const isCommon = (index: number) => {
    const change = changes[index];
    if (!change || change.added || change.removed) return false;
    const isInside = index > 0 && index < changes.length - 1;
    return !isInside || change.value.trim().split(/\s+/).length > stray;
  };
  const shared = changes.filter((_, index) => isCommon(index)).map((change) => change.value.trim().length);
  const length = shared.reduce((sum, each) => sum + each, 0);
  if (length < alike * Math.max(left.length, right.length)) {
    return { left: whole(left) as Wording[], right: whole(right) as Wording[] };
  }
  const piecesOf = (side: 'added' | 'removed') =>
    merged(
      changes.flatMap((change, index) =>
        change[side] ? [] : [{ text: change.value, isOwn: !isCommon(index) }],
      ),
    );
  return { left: piecesOf('added'), right: piecesOf('removed') };
}

function merged(pieces: readonly Wording[]): Wording[] {
  const joined: Wording[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.isOwn === piece.isOwn) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}
