import { historyOf } from '../../convergence/history.ts';
import { movementsOf } from '../../convergence/movement.ts';
import { standsOf } from '../../convergence/stands.ts';
import type { Agenda } from '../../debate/agenda.ts';
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
