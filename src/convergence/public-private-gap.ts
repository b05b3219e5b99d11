import type { Agenda } from '../debate/agenda.ts';
import type { BodyOf } from '../debate/events.ts';
import { widest } from './convergence-index.ts';
import { positionIn, type Stands, standsOf, standsOfPolls, weightedMean } from './stands.ts';

/** How far a speaker's public stands lie from what it said off the record. */
export interface PublicPrivateGap {
  speaker: string;
  /** Weighted mean of |public - private| / 6, 0..1; null where no issue has both. */
  gap: number | null;
  /** Share of the agenda's weight on which both are known, 0..1. */
  coverage: number;
}

/**
 * The gap between public and private positions, by speaker, from an off-record poll that never enters the history.
 * The notion is preference falsification (Kuran 1995); the measure is parley's own.
 */
export function publicPrivateGaps(
  agenda: Agenda,
  publicStands: Stands,
  privateStands: Stands,
  speakers: readonly string[],
): PublicPrivateGap[] {
  return speakers.map((speaker) => {
    const { value, coverage } = weightedMean(agenda, (issue) => {
      const said = positionIn(publicStands, issue, speaker);
      const held = positionIn(privateStands, issue, speaker);
      return said === null || held === null ? null : Math.abs(said - held) / widest;
    });
    return { speaker, gap: value, coverage };
  });
}

type Poll = Pick<BodyOf<'poll-answered'>, 'round' | 'persona' | 'outcome' | 'positions'>;
type Verdict = Pick<BodyOf<'verdict-given'>, 'round' | 'cells'>;

/** What was said off the record after one reading, and how far it lies from what was read in public. */
interface PollGaps {
  round: number;
  gaps: PublicPrivateGap[];
}

/** The gap between public and private positions after each reading that was followed by a poll. */
export function pollGaps(agenda: Agenda, verdicts: readonly Verdict[], polls: readonly Poll[]): PollGaps[] {
  return verdicts.flatMap(({ round, cells }) => {
    const answers = polls.filter((poll) => poll.round === round);
    if (answers.length === 0) return [];
    const asked = answers.map(({ persona }) => persona);
    return [{ round, gaps: publicPrivateGaps(agenda, standsOf(cells), standsOfPolls(answers), asked) }];
  });
}
