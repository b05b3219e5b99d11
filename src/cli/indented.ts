import { sanitizeLine } from '../text/sanitize.ts';

/** A line that is safe to print, with the spaces it begins with. */
export function indented(line: string): string {
  return `${' '.repeat(line.length - line.trimStart().length)}${sanitizeLine(line)}`;
}
