import type { Debate, Turn } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Cell, Convergence } from '../debate/verdict.ts';

/** A change of a spoken stand that the readings found. */
export type Shift = NonNullable<Convergence['moves']>[number];

/** The speech that a shift is attributed to, and the stand its speaker took on the issue, where one was read. */
export interface Counterpart {
  turn: Turn;
  position: number | null;
}

type StandCell = Extract<Cell, { stand: 'position' }>;

/** From this many points on, a difference of two readings is a shift where a journal keeps no moves of its own. */
const leastPoints = 1;

/** Every shift of a debate, in the order of their turns. Read from the moves of each verdict, or from its cells in older journals. */
export function shiftsOf(debate: Pick<Debate, 'verdicts'>): Shift[] {
  const shifts: Shift[] = [];
  const before = new Map<string, StandCell>();
  for (const { cells, convergence } of debate.verdicts) {
    const stands = cells.filter((cell): cell is StandCell => cell.stand === 'position');
    if (convergence?.moves) shifts.push(...convergence.moves);
    else shifts.push(...stands.flatMap((cell) => shiftBetween(before.get(keyOf(cell)), cell)));
    for (const cell of stands) before.set(keyOf(cell), cell);
  }
  return shifts.sort((one, other) => one.turn - other.turn);
}

/** The shifts a request names. */
export function chooseShifts(
  debate: Debate,
  { shifts, issue }: { shifts: readonly number[]; issue: string | null },
): Outcome<Shift[], 'no-shifts' | 'unknown-shift' | 'unknown-issue'> {
  const all = shiftsOf(debate);
  if (all.length === 0) {
    return failure(
      'no-shifts',
      'The readings of this debate found no change of stand: there is nothing to explain.',
    );
  }
  if (issue !== null && !debate.started.agenda.some(({ id }) => id === issue)) {
    const known = debate.started.agenda.map(({ id }) => id).join(', ');
    return failure('unknown-issue', `"${issue}" is not on the agenda. Its issues: ${known}.`);
  }
  const unknown = shifts.find((number) => number < 1 || number > all.length);
  if (unknown !== undefined) {
    return failure(
      'unknown-shift',
      `There is no shift ${unknown}. The debate has shifts 1 to ${all.length}.`,
    );
  }
  const named = shifts.length === 0 ? all : shifts.map((number) => all[number - 1] as Shift);
  const chosen = named.filter((shift) => issue === null || shift.issue === issue);
  if (chosen.length === 0) return failure('no-shifts', `No shift that was asked for is on "${issue}".`);
  return success(chosen);
}

function shiftBetween(before: StandCell | undefined, now: StandCell): Shift[] {
  if (!before || before.turn === now.turn) return [];
  if (Math.abs(now.position - before.position) < leastPoints) return [];
  const { speaker, issue, turn, quote, position: to } = now;
  const { position: from, turn: fromTurn } = before;
  const why = now.why ?? null;
  return [{ speaker, issue, kind: 'unexplained', isTowards: false, from, fromTurn, to, turn, quote, why }];
}

/**
 * The speech that most likely moved the speaker: of those it heard since its own last one, the latest of those that rank
 * first. A speech ranks by three things: a stand on the issue that lies where the speaker moved, a stand on the issue at all,
 * and a principal as its speaker. Null where it heard no speech.
 */
export function counterpartOf(debate: Debate, shift: Shift): Counterpart | null {
  const { turns, settings } = debate;
  const own = turns.find(({ turn }) => turn === shift.turn);
  if (!own) return null;
  const last = turns.findLast(({ speaker, turn }) => speaker === shift.speaker && turn < shift.turn);
  const isHeard =
    settings.order === 'simultaneous'
      ? ({ round }: Turn) => round >= (last?.round ?? 0) && round < own.round
      : ({ turn }: Turn) => turn > (last?.turn ?? 0) && turn < shift.turn;
  const heard = turns.filter(
    (turn) => turn.kind === 'speech' && turn.speaker !== shift.speaker && isHeard(turn),
  );
  const direction = Math.sign(shift.to - shift.from);
  const ranked = heard.map((turn) => {
    const position = standIn(debate, turn, shift.issue);
    const isThere = position !== null && Math.sign(position - shift.from) === direction;
    const isPrincipal = debate.started.cast.some(({ id, principal }) => id === turn.speaker && principal);
    return { turn, position, rank: (isThere ? 4 : 0) + (position === null ? 0 : 2) + (isPrincipal ? 1 : 0) };
  });
  ranked.sort((one, other) => other.rank - one.rank || other.turn.turn - one.turn.turn);
  const [first] = ranked;
  return first
    ? { turn: first.turn, position: first.position ?? latestStand(debate, first.turn, shift.issue) }
    : null;
}

/** The stand that a speech itself took on an issue, as it was read. */
function standIn(debate: Debate, { speaker, turn }: Turn, issue: string): number | null {
  const cells = debate.verdicts.flatMap((verdict) => verdict.cells);
  const cell = cells.find(
    (one): one is StandCell =>
      one.stand === 'position' && one.speaker === speaker && one.issue === issue && one.turn === turn,
  );
  return cell?.position ?? null;
}

/** The last stand its speaker took on an issue up to a speech. */
function latestStand(debate: Debate, { speaker, turn }: Turn, issue: string): number | null {
  const cells = debate.verdicts
    .flatMap((verdict) => verdict.cells)
    .filter(
      (one): one is StandCell =>
        one.stand === 'position' && one.speaker === speaker && one.issue === issue && one.turn <= turn,
    );
  return cells.at(-1)?.position ?? null;
}

function keyOf({ speaker, issue }: { speaker: string; issue: string }): string {
  return `${speaker} ${issue}`;
}
