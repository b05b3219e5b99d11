import type { Convergence } from './verdict.ts';

/** A stand beyond a red line of the speaker's own. */
export interface OwnLineCrossed {
  speaker: string;
  issue: string;
  position: number;
  /** The bounds that the persona declares. */
  min: number;
  max: number;
  /** The words it was read from, and their turn; null in readings made before these were kept. */
  quote: string | null;
  turn: number | null;
}

type Lines = Pick<Convergence, 'ownLines' | 'acceptable'>;

/** Who stands beyond a red line of its own: a break of role or a real concession. Older readings kept it among the others. */
export function ownLinesCrossed({ ownLines, acceptable }: Lines): OwnLineCrossed[] {
  if (ownLines) return ownLines.crossed;
  return acceptable.breaches
    .filter(({ holder, speaker }) => holder === speaker)
    .map(({ speaker, issue, position, min, max }) => {
      return { speaker, issue, position, min, max, quote: null, turn: null };
    });
}

/** Stands that another one's red line does not allow: ordinary disagreement, the distance left to acceptance. */
export function beyondOthersLines({ acceptable }: Lines): Convergence['acceptable']['breaches'] {
  return acceptable.breaches.filter(({ holder, speaker }) => holder !== speaker);
}
