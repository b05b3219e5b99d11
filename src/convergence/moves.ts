import type { Convergence, Move, PositionCell } from '../debate/verdict.ts';
import type { History } from './history.ts';

/** Points that make a change of stand where no reason was quoted: one step of the scale, as smaller ones are the judge's noise. */
const moved = 1;

/** Points that make one where the speaker is quoted with a reason for it: the half step in which judges read. */
const movedWithReason = 0.5;

const epsilon = 1e-9;

/** A change of stand, before anything is known of where the others stand. */
type Step = Pick<Move, 'speaker' | 'issue' | 'from' | 'fromTurn' | 'to' | 'turn' | 'quote' | 'why'> & {
  /** Was the judge asked for the reason? */
  isAsked: boolean;
};

/**
 * The changes among the stands read of one speaker on one issue, oldest first. Both ends were spoken, and the later one in a later
 * turn: a turn that is only read anew moves nobody. Small steps add up until they make a change.
 */
function stepsOf(stands: readonly PositionCell[]): Step[] {
  const steps: Step[] = [];
  let base: PositionCell | null = null;
  let why: string | null = null;
  let latest = 0;
  for (const stand of stands) {
    const isReadAnew = stand.turn <= latest;
    latest = Math.max(latest, stand.turn);
    if (base === null || isReadAnew) {
      base = stand;
      continue;
    }
    why = stand.why ?? why;
    const points = Math.abs(stand.position - base.position);
    if (points < epsilon) {
      base = stand;
      why = null;
    } else if (points >= (why === null ? moved : movedWithReason) - epsilon) {
      const { speaker, issue, turn, quote, position: to } = stand;
      const isAsked = stand.why !== undefined;
      steps.push({ speaker, issue, from: base.position, fromTurn: base.turn, to, turn, quote, why, isAsked });
      base = stand;
      why = null;
    }
  }
  return steps;
}

/**
 * Changes of stand since the last reading, each with the reason that the judge quoted from the same turn. Towards a counterpart (a
 * principal other than the speaker) or away is told from where the counterparts stood when the words were spoken.
 */
export function movesOf(
  cells: readonly PositionCell[],
  history: Pick<History, 'spoken'>,
  principals: readonly string[],
): Move[] {
  return cells.flatMap((cell) => {
    const before = history.spoken(cell.speaker, cell.issue);
    const step = stepsOf([...before, cell]).at(-1);
    const isNew = step?.turn === cell.turn && before.every(({ turn }) => turn < cell.turn);
    const start = before[0]?.position ?? cell.position;
    return step && isNew ? [moveOf(step, start, counterpartStands(cell, cells, history, principals))] : [];
  });
}

/**
 * Towards a counterpart: nearer to it, or away from the speaker's own first stand and past the counterpart's, which gives more than was
 * asked. Past it on the way back to the first stand takes back.
 */
function moveOf(
  { speaker, issue, isAsked, ...step }: Step,
  start: number,
  counterparts: readonly number[],
): Move {
  const { from, to } = step;
  const isTowards = counterparts.some(
    (other) =>
      Math.abs(to - other) < Math.abs(from - other) - epsilon ||
      (Math.abs(from - other) > epsilon &&
        (to - other) * (from - other) < epsilon &&
        (to - from) * (other - start) > 0),
  );
  const kind = kindOf(step.why, isAsked && counterparts.length > 0, isTowards);
  return { speaker, issue, kind, isTowards, ...step };
}

function kindOf(why: string | null, isKnown: boolean, isTowards: boolean): Move['kind'] {
  if (!isKnown) return 'unexplained';
  if (why === null) return 'drift';
  return isTowards ? 'concession' : 'hardening';
}

/** Where each counterpart stood when the cell's words were spoken: what it had said by then, else what it said later in the round. */
function counterpartStands(
  { speaker, issue, turn }: PositionCell,
  cells: readonly PositionCell[],
  history: Pick<History, 'spoken'>,
  principals: readonly string[],
): number[] {
  return principals.flatMap((principal) => {
    if (principal === speaker) return [];
    const now = cells.find((cell) => cell.speaker === principal && cell.issue === issue);
    const stands = [...history.spoken(principal, issue), ...(now ? [now] : [])];
    return (stands.findLast((stand) => stand.turn < turn) ?? stands[0])?.position ?? [];
  });
}

/**
 * Stands taken back since the last reading: away from the stands of all counterparts, and by a whole point or in words that the judge
 * read as taking back. A concession is none, and what was never said cannot be taken back.
 */
export function retractionsOf(
  moves: readonly Move[],
  cells: readonly PositionCell[],
): Convergence['retractions'] {
  return moves.flatMap(({ speaker, issue, from, to, turn, isTowards }) => {
    const cell = cells.find((one) => one.speaker === speaker && one.issue === issue);
    const isFar = Math.abs(to - from) >= moved - epsilon;
    return !isTowards && (isFar || cell?.act === 'retract') ? [{ speaker, issue, from, to, turn }] : [];
  });
}
