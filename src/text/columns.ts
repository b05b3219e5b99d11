import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The text as lines of at most `width` columns; words longer than a line are cut, and a line's indent stays with all of its parts. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = /^ */u.exec(line)?.[0] ?? '';
    const room = Math.max(1, width - indent.length);
    const parts = piecesOf(line.slice(indent.length)).flatMap((piece) =>
      wrapAnsi(piece, room, { hard: true }).split('\n'),
    );
    return parts.map((part) => (part === '' ? '' : indent + part));
  });
}

/** Wrapping costs more than in step with the length of a line, so that a very long one is wrapped piece by piece. */
function piecesOf(line: string): string[] {
  return line.length > 20_000 ? (line.match(/[\s\S]{1,10000}(?![\udc00-\udfff])/g) ?? []) : [line];
}

/** Wrapped text behind a lead, such as a bullet; the lines after the first are indented to the lead's width. */
export function hanging(lead: string, text: string, width = 100): string[] {
  const indent = ' '.repeat(stringWidth(lead));
  const lines = wrapText(text, Math.max(1, width - indent.length));
  return lines.map((line, place) => (place === 0 ? lead : indent) + line);
}

/** Rows in columns as wide as their widest cell; from column `rightFrom` on, cells stand at the right. */
export function inColumns(
  rows: readonly (readonly string[])[],
  { rightFrom = Number.POSITIVE_INFINITY, gap = '  ' } = {},
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [place, cell] of row.entries())
      widths[place] = Math.max(widths[place] ?? 0, stringWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, place) => {
        const space = ' '.repeat((widths[place] ?? 0) - stringWidth(cell));
        return place >= rightFrom ? space + cell : cell + space;
      })
      .join(gap),
  );
}
