import { distance } from 'fastest-levenshtein';

/** How many names are compared; looking further would take longer than the hint is worth. */
const mostNames = 2000;

/** The name that was probably meant: at most a third of its letters away, or beginning with what was given. */
export async function nearestName(given: string, names: AsyncIterable<string>): Promise<string | null> {
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  let compared = 0;
  for await (const name of names) {
    const away = name.startsWith(given) ? 1 : distance(given, name);
    if (away < least) {
      nearest = name;
      least = away;
    }
    if (++compared === mostNames) break;
  }
  return nearest;
}
