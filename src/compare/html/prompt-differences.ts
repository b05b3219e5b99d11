import { html, type Markup, type Piece } from '../../html/markup.ts';
import type { PromptPart } from '../prompt-parts.ts';
import type { ReportedDebate } from '../reported-debate.ts';
import { alignedLines, type LinePair, type Wording } from './aligned-lines.ts';

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
