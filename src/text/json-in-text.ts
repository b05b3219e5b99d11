/**
 * One line of JSON that is safe to show: C1 controls, bidi controls, zero-width and tag characters and line
 * separators stand as \u escapes, so a parser reads the very same value. C0 controls are escaped by JSON itself.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, asEscapes);
}

const unsafe = /[\u007f-\u009f\u2028\u2029\uFFF9-\uFFFB\p{Default_Ignorable_Code_Point}]/gu;

function asEscapes(character: string): string {
  let escapes = '';
  for (let index = 0; index < character.length; index++) {
    escapes += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}

/** Places tried before a reply counts as holding no JSON; bounds the work on a reply full of brackets. */
const mostTries = 200;
const mostLetters = 8_000_000;

/**
 * Finds the JSON objects and lists in a model's reply that may wrap them in prose or code fences, in the order
 * of the text. Only what parses as it stands is taken: nothing is repaired or made up.
 */
export function findJson(reply: string): unknown[] {
  const found: unknown[] = [];
  const opening = /[{[]/g;
  for (let tries = 0, letters = 0; tries < mostTries && letters < mostLetters; tries++) {
    const start = opening.exec(reply)?.index;
    if (start === undefined) break;
    const end = endOfValue(reply, start);
    letters += (end ?? reply.length) - start;
    const value = end === null ? undefined : parsedJson(reply.slice(start, end));
    if (value === undefined || end === null) continue;
    found.push(value);
    opening.lastIndex = end;
  }
  return found;
}

/** Where the brackets opened at `start` are closed again, text in quotes left aside; null where they are not. */
function endOfValue(text: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let place = start; place < text.length; place++) {
    const letter = text[place];
    if (isInString) {
      if (letter === '\\') place++;
      else if (letter === '"') isInString = false;
    } else if (letter === '"') isInString = true;
    else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') {
      depth--;
      if (depth === 0) return place + 1;
    }
  }
  return null;
}

/** The value that a text holds as JSON; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
