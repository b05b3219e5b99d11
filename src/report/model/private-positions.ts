import { principalConvergence } from '../../convergence/convergence-index.ts';
import type { PublicPrivateGap } from '../../convergence/public-private-gap.ts';
import { pollGaps } from '../../convergence/public-private-gap.ts';
import { positionIn, principalsOf, standsOf, standsOfPolls } from '../../convergence/stands.ts';
import { scale } from '../../debate/agenda.ts';
import type { Subject } from './subject.ts';

/** What was said off the record after one reading, beside what was read in public. */
export interface OffRecord {
  round: number;
  /** The index of the principals, were their private positions their public ones; null as for C. */
  principals: number | null;
  gaps: PublicPrivateGap[];
  /** By speaker and issue; only those with a private position. */
  stands: { speaker: string; issue: string; public: number | null; private: number; why: string }[];
  /** Speakers whose answer could not be read. */
  unread: string[];
}

/** Polls by the reading that they followed, oldest first; empty where nobody was asked. */
export function offRecordOf(subject: Pick<Subject, 'agenda' | 'cast' | 'verdicts' | 'polls'>): OffRecord[] {
  const { agenda, cast, verdicts, polls = [] } = subject;
  return pollGaps(agenda, verdicts, polls).map(({ round, gaps }) => {
    const answers = polls.filter((poll) => poll.round === round);
    const spoken = standsOf(verdicts.find((verdict) => verdict.round === round)?.cells ?? []);
    return {
      round,
      principals: principalConvergence(agenda, standsOfPolls(answers), principalsOf(cast)).value,
      gaps,
      stands: answers.flatMap(({ persona, positions }) =>
        positions.map(({ issue, position, why }) => ({
          ...{ speaker: persona, issue, why, private: position },
          public: positionIn(spoken, issue, persona),
        })),
      ),
      unread: answers.filter(({ outcome }) => outcome === 'failed').map(({ persona }) => persona),
    };
  });
}

/** A gap in points of the scale, as it is written everywhere: 1.5. */
export function gapPoints(gap: number | null): string {
  return gap === null ? '–' : (gap * scale.high).toFixed(1);
}

export const offRecordMeaning =
  'After each reading every persona was asked in private where it would really settle. No prompt ever holds the question or the answer. The gap is the mean distance between the private position and the public one that the judge read, by the issues’ weights, in points of the 0 to 6 scale; an issue without both does not count.';
