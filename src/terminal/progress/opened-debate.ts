import type { Debate } from '../../debate/debate.ts';
import { nameOf } from '../../debate/debate.ts';
import { wrapText } from '../../text/columns.ts';
import { decimal, dollars } from '../../text/figures.ts';
import { sanitizeLine, sanitizeText } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { justified, type Row, type Size, span } from '../tui/span.ts';

export interface OpenedDebate {
  name: string;
  /** null while it is read, or where it cannot be. */
  debate: Debate | null;
  /** Why it cannot be read; null where it can. */
  trouble: string | null;
}

/** Widest lines of a speech: longer ones are hard to follow. */
const widest = 100;

/** One debate of many, as its journal has it: the last rows of it, `below` of them scrolled away. */
export function openedRows(
  { name, debate, trouble }: OpenedDebate,
  { columns, rows, below }: Size & { below: number },
): Row[] {
  if (debate === null) {
    return [
      [span(` ${sanitizeLine(name)}`, 'strong')],
      [span(` ${sanitizeLine(trouble ?? 'being read')}`, 'muted')],
    ];
  }
  const { started, totals, verdicts, ended } = debate;
  const index = verdicts.at(-1)?.convergence?.principals ?? null;
  const facts = `C ${decimal(index)} · ${dollars(totals.costUsd)} · ${ended ? ended.reason : 'running'} `;
  const head = justified(
    [span(` ${sanitizeLine(started.scenario.title)}`, 'strong'), span(`  ${sanitizeLine(name)}`, 'muted')],
    [span(facts, 'muted')],
    columns,
  );
  const text = textRows(debate, Math.min(widest, columns - 4));
  const room = Math.max(1, rows - 2);
  const end = Math.max(Math.min(text.length, room), text.length - below);
  return [head, [], ...text.slice(Math.max(0, end - room), end)];
}

/** How many rows of a debate do not fit, and can be scrolled away. */
export function scrollableRows({ debate }: OpenedDebate, { columns, rows }: Size): number {
  if (debate === null) return 0;
  return Math.max(0, textRows(debate, Math.min(widest, columns - 4)).length - Math.max(1, rows - 2));
}

function textRows(debate: Debate, width: number): Row[] {
  const { turns, verdicts, ended } = debate;
  const rows: Row[] = [];
  const add = (text: string, meaning: Meaning, indent = '   ') => {
    for (const line of sanitizeText(text)
      .split('\n')
      .flatMap((part) => wrapText(part, width))) {
      rows.push([span(`${indent}${line}`, meaning)]);
    }
  };
  const read = new Set<number>();
  for (const { turn, round, speaker, kind, text } of turns) {
    addVerdictsBefore(round);
    const what = kind === 'speech' ? `round ${round}` : kind;
    rows.push([
      span(` ${sanitizeLine(nameOf(debate, speaker))}`, 'accent'),
      span(`  T${turn}, ${what}`, 'muted'),
    ]);
    add(text, 'text');
    rows.push([]);
  }
  addVerdictsBefore(Number.POSITIVE_INFINITY);
  if (ended)
    add(`Ended: ${ended.reason}. ${ended.detail}`, ended.reason === 'failed' ? 'alarm' : 'strong', ' ');
  return rows;

  function addVerdictsBefore(round: number): void {
    for (const verdict of verdicts) {
      if (verdict.round >= round || read.has(verdict.round)) continue;
      read.add(verdict.round);
      const index = decimal(verdict.convergence?.principals ?? null);
      rows.push([span(` Round ${verdict.round} was read: C ${index}`, 'strong')], []);
    }
  }
}
