import type { Agenda } from '../../debate/agenda.ts';
import type { BodyOf } from '../../debate/events.ts';
import type { CastMember } from '../../debate/setup.ts';

export type SubjectTurn = Pick<
  BodyOf<'turn-ended'>,
  'turn' | 'round' | 'speaker' | 'kind' | 'text' | 'notes' | 'ending'
>;
export type SubjectPoll = Pick<BodyOf<'poll-answered'>, 'round' | 'persona' | 'outcome' | 'positions'>;
export type SubjectVerdict = Omit<BodyOf<'verdict-given'>, 'type' | 'calls'>;

/** What was said and how it was read: a debate of parley's own, or a transcript that was scored. */
export interface Subject {
  agenda: Agenda;
  cast: readonly CastMember[];
  /** In order, the moderator's included. */
  turns: readonly SubjectTurn[];
  /** Oldest first; failed ones hold no cells. */
  verdicts: readonly SubjectVerdict[];
  /** What was said off the record; absent where nobody was asked. */
  polls?: readonly SubjectPoll[];
}

/** The name people read for a speaker id. */
export function personOf({ cast }: Pick<Subject, 'cast'>, speaker: string): { name: string; short: string } {
  return cast.find(({ id }) => id === speaker) ?? { name: 'Moderator', short: 'Moderator' };
}

export function issueTitle({ agenda }: Pick<Subject, 'agenda'>, issue: string): string {
  return agenda.find(({ id }) => id === issue)?.title ?? issue;
}
