import type { Debate } from '../../../debate/debate.ts';
import type { EventOf } from '../../../debate/events.ts';
import { sourceFaults } from '../../source-faults.ts';
import { emptyRow, type Row, span } from '../span.ts';
import { passageRows } from './evidence.ts';
import { faultRows } from './faults.ts';

/** Numbers of the passages that a text cites as [P3], each once, in order. */
function citedPassages(text: string): number[] {
  const numbers = [...text.matchAll(/\[P(\d+)\]/gu)].map((match) => Number(match[1]));
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** Numbers of the passages that a turn cites, and of those whose words it gets wrong. */
function passagesBehind(debate: Debate, turn: EventOf<'turn-ended'> | undefined): number[] {
  if (!turn) return [];
  const quoted = sourceFaults(debate, turn).flatMap(({ source }) =>
    source?.startsWith('P') ? [Number(source.slice(1))] : [],
  );
  return [...new Set([...citedPassages(turn.text), ...quoted])].sort((one, other) => one - other);
}

/** True where `passagesContent` has something to show. */
export function hasSources(debate: Debate, turn: EventOf<'turn-ended'>): boolean {
  return citedPassages(turn.text).length > 0 || sourceFaults(debate, turn).length > 0;
}

/** The passages behind the citations of a turn. */
export function passagesContent(debate: Debate, turn: number, columns: number): Row[] {
  const said = debate.turns.find((one) => one.turn === turn);
  const cited = passagesBehind(debate, said);
  const known = new Set(debate.started.article.passages.map(({ number }) => number));
  const missing = cited.filter((number) => !known.has(number));
  const { title, source } = debate.started.article;
  return [
    [span(`“${title}”`, 'strong'), span(source === '' ? '' : `  ${source}`, 'muted')],
    emptyRow,
    ...faultRows(debate, turn, columns),
    ...passageRows(debate, cited, columns),
    ...missing.map(
      (number): Row => [span(`[P${number}] is cited, but the article has no such passage.`, 'alarm')],
    ),
  ];
}
