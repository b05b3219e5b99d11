import { type Debate, nameOf, type Turn } from '../../debate/debate.ts';

/** Where two debates part, and where they ended up. */
export interface Difference {
  /** The last turn that both share word for word; 0 where they share none. */
  sharedTurns: number;
  /** The turns at which they part; null where one ends before. */
  parting: { one: Turn | null; other: Turn | null };
  /** Positions of the last readings, where they differ or only one has one; null for none. */
  positions: { speaker: string; name: string; issue: string; one: number | null; other: number | null }[];
  /** Convergence of the principals in the last verdict; null for none. */
  convergence: { one: number | null; other: number | null };
  ended: { one: string; other: string };
}

/** Compares two debates turn by turn, as forks of one are worth comparing. */
export function differenceOf(one: Debate, other: Debate): Difference {
  const longest = Math.max(one.turns.length, other.turns.length);
  let shared = 0;
  while (shared < longest && isSame(one.turns[shared], other.turns[shared])) shared++;
  return {
    sharedTurns: shared,
    parting: { one: one.turns[shared] ?? null, other: other.turns[shared] ?? null },
    positions: positionsOf(one, other),
    convergence: { one: convergenceOf(one), other: convergenceOf(other) },
    ended: { one: one.ended?.reason ?? 'not ended', other: other.ended?.reason ?? 'not ended' },
  };
}

function isSame(one: Turn | undefined, other: Turn | undefined): boolean {
  return one !== undefined && one.speaker === other?.speaker && one.text === other.text;
}

function positionsOf(one: Debate, other: Debate): Difference['positions'] {
  const ids = (debate: Debate) => debate.started.cast.map(({ id }) => id);
  const speakers = [...new Set([...ids(one), ...ids(other)])];
  const issues = [...new Set([...one.started.agenda, ...other.started.agenda].map(({ id }) => id))];
  return speakers.flatMap((speaker) =>
    issues.flatMap((issue) => {
      const positions = { one: positionIn(one, speaker, issue), other: positionIn(other, speaker, issue) };
      const name = ids(one).includes(speaker) ? nameOf(one, speaker) : nameOf(other, speaker);
      return positions.one === positions.other ? [] : [{ speaker, name, issue, ...positions }];
    }),
  );
}

function positionIn(debate: Debate, speaker: string, issue: string): number | null {
  const cell = debate.verdicts
    .at(-1)
    ?.cells.find((candidate) => candidate.speaker === speaker && candidate.issue === issue);
  return cell?.stand === 'position' ? cell.position : null;
}

function convergenceOf({ verdicts }: Debate): number | null {
  return verdicts.at(-1)?.convergence?.principals ?? null;
}
