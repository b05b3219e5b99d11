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

/**
 * Drops paragraphs of a page that stood before, word for word: pages repeat teasers, captions and calls to subscribe. What
 * may be said twice stays: a paragraph that ends as a sentence does, and one that begins with who speaks.
 */
export function withoutRepeats(text: string): { text: string; repeats: number } {
  const seen = new Set<string>();
  let repeats = 0;
  const kept = text.split(/\n{2,}/).filter((paragraph) => {
    const key = paragraph
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase();
    if (key === '' || !seen.has(key)) {
      seen.add(key);
      return true;
    }
    const isSpeech =
      /^- |^(?:[^|\n]* \| )|^[\p{L}\p{N}][^\n:：]{0,40}[:：]/u.test(paragraph) ||
      /[.!?。！？…]["'”’)]?$/u.test(paragraph);
    if (isSpeech) return true;
    repeats += 1;
    return false;
  });
  return { text: kept.join('\n\n'), repeats };
}
