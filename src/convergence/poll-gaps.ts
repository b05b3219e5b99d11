import type { Agenda } from '../debate/agenda.ts';
import type { BodyOf } from '../debate/events.ts';
import { type PublicPrivateGap, publicPrivateGaps } from './public-private-gap.ts';
import { standsOf, standsOfPolls } from './stands.ts';

type Poll = Pick<BodyOf<'poll-answered'>, 'round' | 'persona' | 'outcome' | 'positions'>;
type Verdict = Pick<BodyOf<'verdict-given'>, 'round' | 'cells'>;

/** What was said off the record after one reading, and how far it lies from what was read in public. */
export interface PollGaps {
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
