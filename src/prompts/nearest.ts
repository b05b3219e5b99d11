import { distance } from 'fastest-levenshtein';

/** The known name that a person most likely meant, or null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let fewest = Math.max(2, Math.floor(wanted.length * 0.4)) + 1;
  for (const name of known) {
    const candidate = name.toLowerCase();
    const isPart = wanted.length >= 4 && (candidate.startsWith(wanted) || wanted.startsWith(candidate));
    const edits = isPart ? 1 : distance(wanted, candidate);
    if (edits < fewest) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}

/** Ends a message on an unknown name: the near match, or else the names there are. */
export function orKnown(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) return `; did you mean "${near}"?`;
  return known.length === 0 ? '' : `; known are ${known.join(', ')}`;
}
