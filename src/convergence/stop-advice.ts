import type { Agenda } from '../debate/agenda.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Advice, Cell, Convergence } from '../debate/verdict.ts';
import type { EarlierReading, History } from './history.ts';
import { positionIn, type Stands, standsOf } from './stands.ts';

/** What convergence takes, in two rounds running (DESIGN.md). */
const converged = { low: 0.85, min: 0.67 } as const;

/** Rounds without movement after which a debate is stuck, and the C that parts deadlock (below) from plateau. */
const stillRounds = 3;
const halfWay = 0.5;

/** A stand has moved by one step of the scale; C by 0.05, which is half a step on six tenths of the agenda. */
const moved = { points: 1, index: 0.05 } as const;

interface Reading {
  round: number;
  cells: readonly Cell[];
  convergence: Convergence;
}

/** Those whose stands decide, with the red lines they declare. */
type Principal = Pick<CastMember, 'id' | 'redLines'>;

/**
 * Whether the debate should stop here, and why, in one sentence.
 * - converged: in this round and the one just before it, the lower bound of C among the principals is at least 0.85, the least
 *   converged issue at least 0.67, the principals accept each other's positions and keep their own red lines, and the agreement is not
 *   hollow; and the reading is fit to say so: of usual confidence, with no principal on whom the samples disagree and none
 *   unread on an issue that a red line is drawn on
 * - deadlock, plateau: over three rounds no principal's stand on any issue came to lie a point or more from where it was
 *   read before them, and C stayed within 0.05; C is then below 0.5, or not
 */
export function stopAdvice({
  agenda,
  principals,
  present,
  history,
}: {
  agenda: Agenda;
  principals: readonly Principal[];
  present: Reading;
  history: Pick<History, 'readings'>;
}): Advice {
  const { convergence } = present;
  if (convergence.principals === null) {
    const read = `${Math.round(convergence.coverage * 100)}%`;
    return {
      stop: null,
      why: `No number: positions were read on only ${read} of the agenda.`,
    };
  }
  const missing = missingToConverge(present, principals);
  if (missing === null && isConfirmed(present, history, principals)) {
    return { stop: 'converged', why: convergedReason(convergence) };
  }
  const ids = principals.map(({ id }) => id);
  if (isStill(agenda, ids, present, history)) return stuck(convergence.principals);
  if (missing === null) return { stop: null, why: 'Converged in this round, to be confirmed in the next.' };
  return { stop: null, why: `Not converged: ${missing}.` };
}

/** A reading of the round just before that was converged too; a round that nobody read confirms nothing. */
function isConfirmed(
  { round }: Reading,
  { readings }: Pick<History, 'readings'>,
  principals: readonly Principal[],
): boolean {
  const before = readings.at(-1);
  if (!before || before.round !== round - 1 || before.convergence === null) return false;
  const { cells, convergence } = before;
  return missingToConverge({ round: before.round, cells, convergence }, principals) === null;
}

/** The first condition that a reading does not meet; null where it meets all. */
function missingToConverge({ cells, convergence }: Reading, principals: readonly Principal[]): string | null {
  const { interval, min, acceptable, hollow, judge } = convergence;
  // Where C itself is high enough, what nobody can vouch for comes before the bound that is low because of it.
  const unknown = unknownStand(cells, principals);
  if (unknown !== null && (convergence.principals ?? 0) >= converged.low - 1e-9) return unknown;
  if (interval === null)
    return `${judge.samples - judge.failed} sample of the judge gives no lower bound of C`;
  if (interval.low < converged.low - 1e-9) {
    return `the lower bound of C is ${interval.low.toFixed(2)}, below ${converged.low}`;
  }
  if (min === null || min < converged.min - 1e-9) {
    return `the least converged issue is at ${min === null ? 'no number' : min.toFixed(2)}, below ${converged.min}`;
  }
  if (acceptable.share !== 1) return breachText(acceptable.breaches);
  const [crossed] = convergence.ownLines?.crossed ?? [];
  if (crossed) return breachText([{ ...crossed, holder: crossed.speaker }]);
  if (hollow.isHollow) return 'the agreement is hollow';
  return unknown ?? lowConfidence(convergence);
}

/** A principal's stand that nobody can vouch for, and on which the deal may break. */
function unknownStand(cells: readonly Cell[], principals: readonly Principal[]): string | null {
  const lined = new Set(principals.flatMap(({ redLines }) => redLines.map(({ issue }) => issue)));
  const unknown = cells.filter(
    (cell) => cell.stand === 'abstain' && principals.some(({ id }) => id === cell.speaker),
  );
  for (const cell of unknown) {
    if (cell.stand !== 'abstain') continue;
    const { speaker, issue, reason } = cell;
    if (reason === 'samples-disagree') {
      return `the judge's samples disagree on where ${speaker} stands on ${issue}`;
    }
    if (lined.has(issue)) return `${speaker} was not read on ${issue}, on which a red line is drawn`;
  }
  return null;
}

function lowConfidence({ confidence }: Convergence): string | null {
  if (confidence.level === 'usual') return null;
  const [reason = ''] = confidence.reasons;
  return `confidence in this reading is low${reason === '' ? '' : ` (${reason.replace(/\.$/, '')})`}`;
}

function breachText([first]: Convergence['acceptable']['breaches']): string {
  if (!first) return 'no stand could be checked against the red lines';
  const owner = first.holder === first.speaker ? 'its own red line' : `the red line of ${first.holder}`;
  return `${first.speaker} stands at ${first.position} on ${first.issue}, beyond ${owner}`;
}

function convergedReason({ interval, min }: Convergence): string {
  const low = interval?.low.toFixed(2) ?? '';
  return `Converged: two rounds running the lower bound of C is at least ${converged.low} (now ${low}), no issue is below ${converged.min} (now ${min?.toFixed(2)}), every red line holds and the agreement is not hollow.`;
}

function stuck(value: number): Advice {
  const c = value.toFixed(2);
  return value < halfWay
    ? { stop: 'deadlock', why: `Deadlock: three rounds without movement, with C at ${c}, below ${halfWay}.` }
    : { stop: 'plateau', why: `Plateau: three rounds without movement, with C at ${c}.` };
}

/** A point in time: where everyone stood, and C. */
interface Moment {
  stands: Stands;
  value: number;
}

function isStill(
  agenda: Agenda,
  principals: readonly string[],
  present: Reading,
  { readings }: Pick<History, 'readings'>,
): boolean {
  const moments = [...readings, present].slice(-stillRounds - 1).map(momentOf);
  const [base, ...after] = moments;
  if (!base || after.length < stillRounds) return false;
  return after.every((moment) => moment !== null && !hasMoved(agenda, principals, base, moment));
}

function momentOf({ cells, convergence }: EarlierReading): Moment | null {
  const value = convergence?.principals ?? null;
  return value === null ? null : { stands: standsOf(cells), value };
}

/** A stand that is known at only one of the two moments has not moved. */
function hasMoved(agenda: Agenda, principals: readonly string[], base: Moment, now: Moment): boolean {
  if (Math.abs(now.value - base.value) >= moved.index - 1e-9) return true;
  return agenda.some(({ id }) =>
    principals.some((principal) => {
      const from = positionIn(base.stands, id, principal);
      const to = positionIn(now.stands, id, principal);
      return from !== null && to !== null && Math.abs(to - from) >= moved.points - 1e-9;
    }),
  );
}
