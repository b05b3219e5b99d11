/** Characters of texts whose results are kept: some dozens of speeches and an article of ordinary length. */
const mostCharacters = 200_000;

/**
 * Remembers what a pure function made of the texts it met last: a speech and a passage are sources for every quotation
 * after them. All is forgotten at once when too much is kept.
 */
export function remembered<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  let characters = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = work(text);
    if (characters + text.length > mostCharacters) {
      known.clear();
      characters = 0;
    }
    known.set(text, value);
    characters += text.length;
    return value;
  };
}
