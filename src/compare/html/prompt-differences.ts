import { diffArrays, diffWordsWithSpace } from 'diff';
import { html, type Markup, type Piece } from '../../html/markup.ts';
import type { PromptPart, ReportedDebate } from '../reported-debate.ts';

/** Words that both texts have, or that one of them has alone. */
export interface Wording {
  text: string;
  isOwn: boolean;
}

/** One sentence or line of each text beside each other; null where a text has no counterpart. */
interface LinePair {
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

/** Sentences with less than this share of their letters in common are marked as different as a whole: scattered marks do not help. */
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

/** The prompts of two arms side by side: parts that differ with their differences marked, and the names of the others. */
export function promptDifferences(
  id: string,
  arms: { left: string; right: string },
  debates: { left: ReportedDebate | null; right: ReportedDebate | null },
): Markup {
  const parts = partsOf(debates.left?.prompts ?? [], debates.right?.prompts ?? []);
  const differing = parts.filter((part) => part.left !== part.right);
  const equal = parts.filter((part) => part.left === part.right);
  return html`<section class="prompts" id="${id}" aria-label="Prompts of ${arms.left} and ${arms.right}">
<h3>Prompts of ${arms.left} and ${arms.right}</h3>
${summary(parts.length, differing.length)}
${differing.map((part) => partTable(arms, part))}
${equal.length === 0 ? null : html`<p class="quiet">The same in both: ${equal.map((part) => part.name).join('; ')}.</p>`}
</section>`;
}

interface BothParts {
  name: string;
  left: string | null;
  right: string | null;
}

function partsOf(left: readonly PromptPart[], right: readonly PromptPart[]): BothParts[] {
  const names = [...new Set([...left, ...right].map((part) => part.name))];
  const textOf = (parts: readonly PromptPart[], name: string) =>
    parts.find((part) => part.name === name)?.text ?? null;
  return names.map((name) => ({ name, left: textOf(left, name), right: textOf(right, name) }));
}

function summary(all: number, differing: number): Markup {
  if (all === 0) return html`<p>No prompt files were kept with these debates.</p>`;
  if (differing === 0) return html`<p>All ${all} parts are the same.</p>`;
  return html`<p>${differing} of ${all} parts differ. Marked: <mark class="left">what the left has alone</mark> and <mark class="right">what the right has alone</mark>.</p>`;
}

function partTable(arms: { left: string; right: string }, part: BothParts): Markup {
  const rows = withGaps(alignedLines(part.left ?? '', part.right ?? ''));
  return html`<table class="aligned"><caption>${part.name}</caption>
<thead><tr><th scope="col">${arms.left}</th><th scope="col">${arms.right}</th></tr></thead>
<tbody>
${rows.map(tableRow)}
</tbody></table>`;
}

type Row = LinePair | { skipped: number };

/** Equal sentences to keep on each side of a difference. */
const context = 1;

function withGaps(pairs: readonly LinePair[]): Row[] {
  const isNear = (index: number) =>
    pairs.slice(Math.max(0, index - context), index + context + 1).some((pair) => !pair.isEqual);
  const rows: Row[] = [];
  for (const [index, pair] of pairs.entries()) {
    const last = rows.at(-1);
    if (isNear(index)) rows.push(pair);
    else if (last && 'skipped' in last) last.skipped += 1;
    else rows.push({ skipped: 1 });
  }
  return rows;
}

function tableRow(row: Row): Markup {
  if ('skipped' in row) {
    const lines = row.skipped === 1 ? '1 equal sentence' : `${row.skipped} equal sentences`;
    return html`<tr class="gap"><td colspan="2">${lines}</td></tr>\n`;
  }
  return html`<tr${row.isEqual ? html` class="equal"` : null}><td>${pieces(row.left, 'left')}</td><td>${pieces(row.right, 'right')}</td></tr>\n`;
}

function pieces(line: readonly Wording[] | null, side: 'left' | 'right'): Piece {
  return (line ?? []).map(({ text, isOwn }) => {
    return isOwn && text !== '' ? html`<mark class="${side}">${text}</mark>` : text;
  });
}
