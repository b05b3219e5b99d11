import type { Agenda } from '../debate/agenda.ts';
import type { Advice, Convergence } from '../debate/verdict.ts';
import { principalConvergence } from './convergence-index.ts';
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
  stands: Stands;
  convergence: Convergence;
}

/**
 * Whether the debate should stop here, and why, in one sentence.
 * - converged: in this round and the one before, the lower bound of C among the principals is at least 0.85, the least
 *   converged issue at least 0.67, every principal's red lines hold, and the agreement is not hollow
 * - deadlock, plateau: over three rounds no principal's stand on any issue came to lie a point or more from where it was
 *   before them, and C stayed within 0.05; C is then below 0.5, or not. The first of the three rounds is compared with the
 *   reading before it, in round 1 with the declared openings
 */
export function stopAdvice({
  agenda,
  principals,
  present,
  history,
}: {
  agenda: Agenda;
  principals: readonly string[];
  present: Reading;
  history: History;
}): Advice {
  const { convergence } = present;
  if (convergence.principals === null) {
    const read = `${Math.round(convergence.coverage * 100)}%`;
    return {
      stop: null,
      why: `Go on: positions were read on only ${read} of the agenda, too little for a number.`,
    };
  }
  const missing = missingToConverge(convergence);
  const before = history.readings.at(-1)?.convergence ?? null;
  if (missing === null && before !== null && missingToConverge(before) === null) {
    return { stop: 'converged', why: convergedReason(convergence) };
  }
  if (isStill(agenda, principals, present, history)) return stuck(convergence.principals);
  if (missing === null)
    return { stop: null, why: 'Go on: converged in this round, to be confirmed in the next.' };
  return { stop: null, why: `Go on: ${missing}.` };
}

/** The first condition that a reading does not meet; null where it meets all. */
function missingToConverge({ interval, min, acceptable, hollow, judge }: Convergence): string | null {
  if (interval === null)
    return `${judge.samples - judge.failed} sample of the judge gives no lower bound of C`;
  if (interval.low < converged.low - 1e-9) {
    return `the lower bound of C is ${interval.low.toFixed(2)}, below ${converged.low}`;
  }
  if (min === null || min < converged.min - 1e-9) {
    return `the least converged issue is at ${min === null ? 'no number' : min.toFixed(2)}, below ${converged.min}`;
  }
  if (acceptable.share !== 1) return breachText(acceptable.breaches);
  return hollow.isHollow ? 'the agreement is hollow' : null;
}

function breachText([first]: Convergence['acceptable']['breaches']): string {
  if (!first) return 'no stand could be held against the red lines';
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

function isStill(agenda: Agenda, principals: readonly string[], present: Reading, history: History): boolean {
  const moments = [...history.readings, present].map(momentOf);
  if (moments.length < stillRounds) return false;
  const opening = principalConvergence(agenda, history.opening, principals).value;
  const base =
    moments.length > stillRounds
      ? moments.at(-stillRounds - 1)
      : opening === null
        ? null
        : { stands: history.opening, value: opening };
  if (!base) return false;
  return moments
    .slice(-stillRounds)
    .every((moment) => moment !== null && !hasMoved(agenda, principals, base, moment));
}

function momentOf(reading: Reading | EarlierReading): Moment | null {
  const value = reading.convergence?.principals ?? null;
  if (value === null) return null;
  return { stands: 'stands' in reading ? reading.stands : standsOf(reading.cells), value };
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
