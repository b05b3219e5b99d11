import { cuesOf } from '../convergence/cues.ts';
import { principalsOf } from '../convergence/stands.ts';
import { termsOf } from '../grounding/facts.ts';
import { largestRepetition } from '../run/reading/verdict-of.ts';
import type { Transcript } from './transcripts.ts';

/** What code counts in the words of one round without a model; each a share 0..1, null where there is nothing to count. */
export interface RoundCues {
  round: number;
  /** Agreeing among agreeing and refusing phrases of those who count, in English. */
  agreeRatio: number | null;
  /** Overlap of the names, dates and numbers that they use. */
  concreteOverlap: number | null;
  /** The largest share of a speech that repeats its speaker's earlier ones. */
  repetition: number | null;
}

/** The cues of every round of a transcript. They say nothing of who stands where. */
export function wordingCues({ cast, speeches }: Pick<Transcript, 'cast' | 'speeches'>): RoundCues[] {
  const principals = principalsOf(cast);
  const rounds = [...new Set(speeches.map(({ round }) => round))];
  return rounds.map((round) => {
    const own = speeches.filter((speech) => speech.round === round);
    const repetition = largestRepetition(speeches, round);
    const cues = cuesOf({ speeches: own, principals, samples: [], termsOf, repetition });
    return { round, agreeRatio: cues.agreeRatio, concreteOverlap: cues.concreteOverlap, repetition };
  });
}
