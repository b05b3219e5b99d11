import type { Cell } from '../../debate/verdict.ts';
import type { Subject, SubjectVerdict } from './subject.ts';

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
