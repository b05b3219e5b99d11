/** Places tried before a reply counts as holding no JSON; bounds the work on a reply full of brackets. */
const mostTries = 200;

/**
 * Finds the JSON objects and lists in a model's reply that may wrap them in prose or code fences, in the order
 * of the text. Only what parses as it stands is taken: nothing is mended or made up.
 */
export function findJson(reply: string): unknown[] {
  const found: unknown[] = [];
  let place = 0;
  for (let tries = 0; tries < mostTries; tries++) {
    const step = reply.slice(place).search(/[{[]/);
    if (step < 0) break;
    const start = place + step;
    const end = endOfValue(reply, start);
    const value = end === null ? undefined : parse(reply.slice(start, end));
    if (value !== undefined) found.push(value);
    place = value === undefined || end === null ? start + 1 : end;
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
