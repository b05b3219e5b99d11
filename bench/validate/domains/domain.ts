import type { Agenda } from '../../../src/debate/agenda.ts';

export type Split = 'development' | 'held-out';

/** Ways to say what stands at 0, 3 and 6 of an issue, as what one can "accept"; none is an anchor's own words. */
export type Wordings = Record<0 | 3 | 6, Record<Split, readonly string[]>>;

/** A field that transcripts are made in. */
export interface Domain {
  name: string;
  /** In order of falling weight: a convergence on the last alone is one on the wrong issue. */
  agenda: Agenda;
  /** The two who could sign; the first begins at the low end of every scale. */
  principals: readonly [string, string];
  /** By issue. */
  wordings: Record<string, Wordings>;
  /** Sentences that bear on no issue. */
  offTopic: readonly string[];
}
