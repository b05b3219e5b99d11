import { wrapText } from '../../text/columns.ts';
import { grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { columnsOf, cutText, emptyRow, type Row, span } from '../tui/span.ts';
import type { ProgressFault, ProgressState } from './progress-state.ts';

/** Room for whose fault it is beside what it is. */
const roomForName = 140;
/** What is wrong often stands at the end of a long sentence. */
const mostLines = 2;

/** The last things that went wrong, the newest last, at most so many rows. */
export function faultRows(
  faults: readonly ProgressFault[],
  { columns, rows }: { columns: number; rows: number },
): Row[] {
  const shown: Row[] = [];
  for (const fault of faults.toReversed()) {
    const own = rowsOf(fault, columns);
    if (shown.length > 0 && shown.length + own.length > rows) break;
    shown.unshift(...own);
  }
  return shown.slice(0, Math.max(0, rows));
}

function rowsOf({ debate, why }: ProgressFault, columns: number): Row[] {
  const name = debate === null || columns < roomForName ? '' : `${sanitizeLine(debate)}: `;
  const room = Math.max(1, columns - columnsOf(name) - 3);
  const lines = wrapText(sanitizeLine(why), room);
  const whole = lines.length <= mostLines;
  const seen = whole ? lines : [...lines.slice(0, mostLines - 1), lines.slice(mostLines - 1).join(' ')];
  return seen.map((line, index): Row => {
    const lead: Row =
      index === 0 ? [span(' ✗ ', 'alarm'), span(name, 'muted')] : [span(' '.repeat(columnsOf(name) + 3))];
    return [...lead, span(cutText(line, room))];
  });
}

/** Everything that went wrong, the newest first, with whose it is. */
export function failureRows(
  { faults, faultCount }: ProgressState,
  above: number,
  { columns, rows }: { columns: number; rows: number },
): Row[] {
  if (faultCount === 0) return [emptyRow, [span(' No errors so far.', 'good')]];
  const title: Row = [span(` WENT WRONG ${grouped(faultCount)}`, 'muted')];
  const shown = faults
    .toReversed()
    .slice(above)
    .flatMap(({ debate, why }): Row[] => [
      ...(debate === null ? [] : [[span(` ✗ ${sanitizeLine(debate)}`, 'alarm')]]),
      ...wrapText(sanitizeLine(why), Math.max(20, columns - 5)).map((line): Row => [span(`   ${line}`)]),
    ]);
  return [title, ...shown].slice(0, rows);
}
