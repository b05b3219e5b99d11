import { principalConvergence } from '../../convergence/convergence-index.ts';
import { historyOf, movementsOf } from '../../convergence/history.ts';
import { type PublicPrivateGap, pollGaps } from '../../convergence/public-private-gap.ts';
import { positionIn, principalsOf, standsOf, standsOfPolls } from '../../convergence/stands.ts';
import { type Agenda, scale } from '../../debate/agenda.ts';
import type { BodyOf } from '../../debate/events.ts';
import { byPerson } from '../../debate/phrases.ts';
import type { CastMember } from '../../debate/setup.ts';
import type { Cell, Convergence, Move } from '../../debate/verdict.ts';
import { placeInCast } from '../../text/persona-marks.ts';

export type SubjectTurn = Pick<
  BodyOf<'turn-ended'>,
  'turn' | 'round' | 'speaker' | 'kind' | 'text' | 'notes' | 'ending' | 'author'
>;
type SubjectPoll = Pick<BodyOf<'poll-answered'>, 'round' | 'persona' | 'outcome' | 'positions'>;
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

/** The place that decides a speaker's mark and colour; -1 for the moderator. */
export function placeOf({ cast }: Pick<Subject, 'cast'>, speaker: string): number {
  return placeInCast(cast, speaker);
}

/** Said beside evidence whose words a person wrote; empty for a model's. */
export function writerOf({ turns }: Pick<Subject, 'turns'>, turn: number): string {
  return turns.find((one) => one.turn === turn)?.author === 'person' ? `, ${byPerson}` : '';
}

/** The name people read for a speaker id. */
export function personOf({ cast }: Pick<Subject, 'cast'>, speaker: string): { name: string; short: string } {
  return cast.find(({ id }) => id === speaker) ?? { name: 'Moderator', short: 'Moderator' };
}

export function issueTitle({ agenda }: Pick<Subject, 'agenda'>, issue: string): string {
  return agenda.find(({ id }) => id === issue)?.title ?? issue;
}

/** What one verdict says of one speaker on one issue; null where the verdict failed. */
export function cellOf(verdict: SubjectVerdict, speaker: string, issue: string): Cell | null {
  return verdict.cells.find((cell) => cell.speaker === speaker && cell.issue === issue) ?? null;
}

/** A speaker's way on one issue: its declared opening, then what was read after each round. */
export interface Course {
  speaker: string;
  issue: string;
  opening: number | null;
  rounds: { round: number; cell: Cell | null }[];
}

export function courseOf({ cast, verdicts }: Subject, speaker: string, issue: string): Course {
  return {
    speaker,
    issue,
    opening: cast.find(({ id }) => id === speaker)?.opening[issue] ?? null,
    rounds: verdicts.map((verdict) => ({ round: verdict.round, cell: cellOf(verdict, speaker, issue) })),
  };
}

export type ReadVerdict = SubjectVerdict & { convergence: NonNullable<SubjectVerdict['convergence']> };

export function readVerdicts({ verdicts }: Pick<Subject, 'verdicts'>): ReadVerdict[] {
  return verdicts.filter((verdict): verdict is ReadVerdict => verdict.convergence !== null);
}

/** Every change of stand that was read with its reason, in order; null where reasons were not read. */
export function movesRead(subject: Pick<Subject, 'verdicts'>): (Move & { round: number })[] | null {
  const read = readVerdicts(subject).filter(({ convergence }) => convergence.moves !== undefined);
  if (read.length === 0) return null;
  return read.flatMap(({ round, convergence }) =>
    (convergence.moves ?? []).map((move) => ({ ...move, round })),
  );
}

/** Said where no move was read. */
export const nobodyMoved = 'Nobody changed a spoken position by a point or more.';

/**
 * How far each speaker has come towards where each other one began, from its own
 * first reading to the last, by the formula of the verdicts; empty without a reading.
 */
export function movementsOverall(subject: Subject): Convergence['movements'] {
  const { agenda, cast } = subject;
  const read = readVerdicts(subject);
  const last = read.at(-1);
  if (!last) return [];
  const history = historyOf(cast, read);
  const fromTheStart = { ...history, lastOf: history.startOf };
  const speakers = cast.map(({ id }) => id);
  return movementsOf(agenda, standsOf(last.cells), fromTheStart, speakers);
}

/** Ids of everything that can be jumped to. Speakers and issues are identifiers by schema, so that ids need no escaping. */
export const anchor = {
  turn: (turn: number) => `t${turn}`,
  passage: (passage: number) => `p${passage}`,
  /** The words of a turn that a position was read from. */
  quote: (turn: number, mark: number) => `t${turn}-q${mark}`,
  /** What was read of a speaker on an issue after a round. */
  reading: (speaker: string, issue: string, round: number) => `e-${speaker}--${issue}--r${round}`,
  issue: (issue: string) => `issue-${issue}`,
  speaker: (speaker: string) => `who-${speaker}`,
  verdict: (round: number) => `round-${round}`,
};

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
