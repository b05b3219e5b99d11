const openTag = /<\s*notes\s*>/i;
const closeTag = /<\s*\/\s*notes\s*>/i;

/**
 * Parts private notes from the speech. In doubt a text is private: where the notes are never closed, all that
 * follows belongs to them, and a stray closing tag leaves what stands before it private.
 */
export function splitNotes(text: string): { notes: string; speech: string } {
  const notes: string[] = [];
  const speech: string[] = [];
  let rest = text;
  while (rest !== '') {
    const open = openTag.exec(rest);
    const close = closeTag.exec(rest);
    if (close && (!open || close.index < open.index)) {
      notes.push(...speech.splice(0), rest.slice(0, close.index));
      rest = rest.slice(close.index + close[0].length);
    } else if (!open) {
      speech.push(rest);
      rest = '';
    } else {
      speech.push(rest.slice(0, open.index));
      const inside = rest.slice(open.index + open[0].length);
      const end = closeTag.exec(inside);
      notes.push(end ? inside.slice(0, end.index) : inside);
      rest = end ? inside.slice(end.index + end[0].length) : '';
    }
  }
  return { notes: joined(notes), speech: joined(speech) };
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}
