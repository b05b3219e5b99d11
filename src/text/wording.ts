/** "A", "A and B", "A, B and C". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The first words of a text, with an ellipsis where some are left out. */
export function firstWords(text: string, most: number): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words.length <= most ? words.join(' ') : `${words.slice(0, most).join(' ')} …`;
}

/**
 * Speaker labels inside a speech, such as "[Moderator]:" or "Farmers’ union:" at the beginning of a line: words put into
 * somebody's mouth, which must not read as that one's own.
 */
export function speakerLabelsIn(text: string, names: readonly string[]): { start: number; end: number }[] {
  const labels = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(
    `(?:^|\\n)[ \\t]*([*_]{0,2}(?:\\[(?:${labels})\\]|(?:${labels}))[*_]{0,2}[ \\t]*[:：])`,
    'giu',
  );
  return [...text.matchAll(pattern)].map((match) => {
    const start = match.index + match[0].length - (match[1] ?? '').length;
    return { start, end: match.index + match[0].length };
  });
}
