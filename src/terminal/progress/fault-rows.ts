import { sanitizeLine } from '../sanitize.ts';
import { columnsOf, cutText, type Row, span } from '../tui/span.ts';
import type { Fault } from './progress-state.ts';

/** Room for whose fault it is beside what it is. */
const roomForName = 100;

/** The last things that went wrong, the newest last, at most so many. */
export function faultRows(
  faults: readonly Fault[],
  { columns, rows }: { columns: number; rows: number },
): Row[] {
  if (rows <= 0) return [];
  return faults.slice(-rows).map(({ debate, why }) => {
    const name = debate === null || columns < roomForName ? '' : `${sanitizeLine(debate)}: `;
    return [
      span(' ✗ ', 'alarm'),
      span(name, 'muted'),
      span(cutText(sanitizeLine(why), Math.max(1, columns - columnsOf(name) - 3))),
    ];
  });
}
