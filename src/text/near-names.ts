import { distance } from 'fastest-levenshtein';

/** The known name that a person most likely meant, or null where none is near. */
export function nearestName(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let fewest = mostEdits(wanted.length) + 1;
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

/** Of a word of one or two letters nothing is left after an edit. */
function mostEdits(length: number): number {
  return length < 3 ? 0 : Math.max(1, Math.floor(length * 0.4));
}

/** Ends a message on an unknown name: the near match, or else the names there are. */
export function orKnown(word: string, known: readonly string[]): string {
  const near = nearestName(word, known);
  if (near !== null) return `; did you mean "${near}"?`;
  return known.length === 0 ? '' : `; known: ${known.join(', ')}`;
}
