import wrapAnsi from 'wrap-ansi';

/** The text as lines of at most `width` columns; words longer than a line are cut, and a line's indent stays with all of its parts. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */u.exec(line)?.[0] ?? '';
    const room = Math.max(1, width - indent.length);
    const parts = wrapAnsi(line.slice(indent.length), room, { hard: true }).split('\n');
    return parts.map((part) => (part === '' ? '' : indent + part));
  });
}
