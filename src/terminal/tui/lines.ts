import { Box, Transform } from 'ink';
import { createElement, type ReactNode } from 'react';

/**
 * Lines that are laid out and painted already, in a column of a width. Ink gets a column of blanks, which it need not
 * measure, wrap or lay out again, and each line in its place at the end: a third of the work of one Text for each.
 */
export function Lines({ lines, columns }: { lines: readonly string[]; columns: number }): ReactNode {
  if (lines.length === 0) return null;
  const blanks = Array.from(lines, () => ' ').join('\n');
  const inPlace = (_blank: string, index: number) => lines[index] ?? '';
  return createElement(
    Box,
    { width: columns, height: lines.length, flexShrink: 0 },
    createElement(Transform, { transform: inPlace }, blanks),
  );
}
