import type { Agenda } from '../../../src/debate/agenda.ts';
import type { Phrasing } from '../phrasings/phrasing.ts';

/** Development transcripts may be looked at while a judge is changed; of held-out ones only the printed figures are. */
export type Split = 'development' | 'held-out';

type Position = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/**
 * Ways to say what stands at a point of an issue, as what one can "accept"; none is an anchor's own words. The points between the anchors may
 * have words of their own or be said by the phrasing's places.
 */
type Wordings = Record<0 | 3 | 6, readonly string[]> & Partial<Record<Position, readonly string[]>>;

/** A field that transcripts are made in, with the words for it. */
export interface Domain {
  name: string;
  split: Split;
  phrasing: Phrasing;
  /** In order of falling weight: a convergence on the last alone is one on the wrong issue. */
  agenda: Agenda;
  /** The two who could sign; the first begins at the low end of every scale. */
  principals: readonly [string, string];
  /** By issue. */
  wordings: Record<string, Wordings>;
  /** Sentences that bear on no issue. */
  offTopic: readonly string[];
}
