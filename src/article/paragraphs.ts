/** Longer lines are not wrapped by hand: each is a paragraph of its own. */
const wrappedWidth = 110;

/**
 * Separates paragraphs by empty lines. Where a text's lines are longer than anybody wraps them, as when text is
 * copied from a page, every line is a paragraph.
 */
export function separatedParagraphs(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  const characters = lines.reduce((sum, line) => sum + line.length, 0);
  const inLong = lines
    .filter((line) => line.length > wrappedWidth)
    .reduce((sum, line) => sum + line.length, 0);
  return inLong * 2 > characters ? lines.join('\n\n') : text;
}

/** Drops paragraphs that stood before, word for word: pages repeat teasers, captions and calls to subscribe. */
export function withoutRepeats(text: string): string {
  const seen = new Set<string>();
  const kept = text.split(/\n{2,}/).filter((paragraph) => {
    const key = paragraph
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase();
    if (key === '') return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  return kept.join('\n\n');
}
