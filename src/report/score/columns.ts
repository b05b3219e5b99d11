import stringWidth from 'string-width';

/** Rows in columns as wide as their widest cell; numbers to the right from column `rightFrom` on. */
export function columns(rows: readonly (readonly string[])[], rightFrom = 1): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [place, cell] of row.entries()) {
      widths[place] = Math.max(widths[place] ?? 0, stringWidth(cell));
    }
  }
  return rows.map((row) =>
    row
      .map((cell, place) => {
        const space = ' '.repeat((widths[place] ?? 0) - stringWidth(cell));
        return place >= rightFrom ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Words in lines of at most `width` columns, each behind the indent. */
export function wrapped(text: string, indent = '', width = 100): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && stringWidth(`${indent}${line} ${word}`) > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
