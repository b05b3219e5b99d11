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

/** Words; of a script that writes none apart, two letters make one. */
export function wordCount(text: string): number {
  const dense = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu) ?? [];
  const spaced = text
    .replace(/\[[PT]\d[^\]]{0,40}\]|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu, ' ')
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'\u2019.,-]*/gu);
  return (spaced ?? []).length + Math.ceil(dense.length / 2);
}
