import type { Evidence } from '../debate/readings.ts';
import type { Convergence, Move, PositionCell } from '../debate/verdict.ts';
import type { History } from './history.ts';

/** A rise of C below this is none: the tolerance that the validation allows for changes of wording. */
const leastRise = 0.03;

/** A stand this near to another principal's, or this far from its own start, is one the other side could take (points). */
const near = 1;

const epsilon = 1e-9;

/**
 * Hollow agreement: two principals or more are quoted with a claim of agreement in this round, while C has not risen since the last
 * reading (by 0.03 or more), none of them moved towards another in this round, and none bound itself in it to anything another could
 * take: a quoted commitment or conditional offer at a stand within a point of another principal's, or moved towards one since it was
 * first spoken; or something definite beside the agenda. Hardening is no movement towards anyone, and committing to one's own first stand agrees to nothing.
 */
export function hollowness({
  agreements,
  pledges = [],
  change,
  cells,
  moves,
  history,
  principals,
  firstTurnOfRound,
}: {
  /** Claims of agreement by principals in this round; null where the judge was not asked for them. */
  agreements: readonly Evidence[] | null;
  /** What principals bound themselves to in this round, beside their stands. */
  pledges?: readonly Evidence[];
  /** C now less C at the last reading; null where either is unknown. */
  change: number | null;
  cells: readonly PositionCell[];
  /** Changes of stand since the last reading. */
  moves: readonly Move[];
  history: Pick<History, 'startOf'>;
  principals: readonly string[];
  firstTurnOfRound: number;
}): Convergence['hollow'] {
  if (agreements === null) {
    return {
      isHollow: false,
      why: 'This judge does not read claims of agreement, so hollowness is unknown.',
    };
  }
  const agreed = [...new Set(agreements.map(({ speaker }) => speaker))];
  if (agreed.length < Math.min(2, principals.length)) {
    return { isHollow: false, why: 'Fewer than two principals claim agreement in this round.' };
  }
  if (change !== null && change >= leastRise - epsilon) {
    return { isHollow: false, why: `C rose by ${change.toFixed(2)} since the last reading.` };
  }
  const isOwn = ({ speaker, turn }: { speaker: string; turn: number }) =>
    principals.includes(speaker) && turn >= firstTurnOfRound;
  const step = moves.find((move) => isOwn(move) && move.isTowards);
  if (step) {
    return {
      isHollow: false,
      why: `${step.speaker} moved towards another principal on ${step.issue} [T${step.turn}].`,
    };
  }
  const [bound] = pledges;
  if (bound)
    return { isHollow: false, why: `${bound.speaker} bound itself to something definite [T${bound.turn}].` };
  const pledge = cells.find((cell) => isOwn(cell) && isPledge(cell, cells, history, principals));
  if (pledge) {
    const { speaker, issue, turn } = pledge;
    return { isHollow: false, why: `${speaker} is on record with a commitment on ${issue} [T${turn}].` };
  }
  const claims = agreements.map(({ turn }) => `[T${turn}]`).join(' ');
  return {
    isHollow: true,
    why: `The principals claim agreement ${claims}, but ${stillness(change)} and nobody is quoted with a commitment that another could take.`,
  };
}

function isPledge(
  { speaker, issue, act, position }: PositionCell,
  cells: readonly PositionCell[],
  history: Pick<History, 'startOf'>,
  principals: readonly string[],
): boolean {
  if (act !== 'commit' && act !== 'conditional') return false;
  const start = history.startOf(speaker, issue);
  return cells.some((other) => {
    if (other.issue !== issue || other.speaker === speaker || !principals.includes(other.speaker))
      return false;
    const distance = Math.abs(position - other.position);
    return (
      distance <= near + epsilon ||
      (start !== null && Math.abs(start - other.position) - distance >= near - epsilon)
    );
  });
}

function stillness(change: number | null): string {
  if (change === null) return 'nobody moved';
  if (Math.abs(change) < 0.005) return 'C has not moved';
  return `C did not rise (${change < 0 ? '-' : '+'}${Math.abs(change).toFixed(2)})`;
}
