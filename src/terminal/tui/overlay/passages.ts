import type { Debate } from '../../../debate/debate.ts';
import { emptyRow, type Row, span } from '../span.ts';
import { passageRows } from './evidence.ts';

/** Numbers of the passages that a text cites as [P3], each once, in order. */
export function citedPassages(text: string): number[] {
  const numbers = [...text.matchAll(/\[P(\d+)\]/gu)].map((match) => Number(match[1]));
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** The passages behind the citations of a turn. */
export function passagesContent(debate: Debate, turn: number, columns: number): Row[] {
  const cited = citedPassages(debate.turns[turn - 1]?.text ?? '');
  const known = new Set(debate.started.article.passages.map(({ number }) => number));
  const missing = cited.filter((number) => !known.has(number));
  const { title, source } = debate.started.article;
  return [
    [span(`“${title}”`, 'strong'), span(source === '' ? '' : `  ${source}`, 'muted')],
    emptyRow,
    ...passageRows(debate, cited, columns),
    ...missing.map(
      (number): Row => [span(`[P${number}] is cited, but the article has no such passage.`, 'alarm')],
    ),
  ];
}
