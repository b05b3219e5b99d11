import type { CastMember } from '../debate/setup.ts';
import type { Cell, Convergence } from '../debate/verdict.ts';
import type { PhraseCount } from './cue-phrases.ts';
import type { History } from './history.ts';

/** Share of agreeing among agreeing and refusing phrases from which a round sounds friendly, and the fewest phrases that show it. */
const friendlyRatio = 2 / 3;
const fewestPhrases = 2;

/** A rise of C below this is none: the tolerance that the validation allows for changes of wording. */
export const leastRise = 0.03;

/** A stand this near to another principal's, or this far from its own start, is one the other side could take (points). */
const near = 1;

/**
 * Hollow agreement: the principals sound as if they agreed, while C has not risen since the last reading (by 0.03 or
 * more) and none of them is on record with a commitment. A commitment is a quoted act of committing, or of a conditional
 * offer, at a stand within a point of another principal's or at least a point away from where its speaker began;
 * committing to one's own opening agrees to nothing. Where no reading came before, C has not risen.
 */
export function hollowness({
  phrases,
  change,
  cells,
  history,
  principals,
}: {
  phrases: PhraseCount;
  /** C now less C at the last reading; null where either is unknown. */
  change: number | null;
  cells: readonly Cell[];
  history: Pick<History, 'startOf'>;
  principals: readonly CastMember['id'][];
}): Convergence['hollow'] {
  const { agreeing, refusing } = phrases;
  const isFriendly = agreeing >= fewestPhrases && agreeing / (agreeing + refusing) >= friendlyRatio - 1e-9;
  if (!isFriendly) return { isHollow: false, why: 'The principals do not sound as if they agreed.' };
  if (change !== null && change >= leastRise - 1e-9) {
    return { isHollow: false, why: `C rose by ${change.toFixed(2)} since the last reading.` };
  }
  const commitment = commitmentIn(cells, history, principals);
  if (commitment) {
    const { speaker, issue, turn } = commitment;
    return { isHollow: false, why: `${speaker} is on record with a commitment on ${issue} [T${turn}].` };
  }
  const still = change === null ? 'no movement can be shown' : stillness(change);
  return {
    isHollow: true,
    why: `The principals sound agreed (${agreeing} agreeing phrases to ${refusing} refusing), but ${still} and nobody is quoted with a commitment that the other side could take.`,
  };
}

function stillness(change: number): string {
  return Math.abs(change) < 0.005 ? 'C has not moved' : `C did not rise (${signed(change)})`;
}

function commitmentIn(
  cells: readonly Cell[],
  history: Pick<History, 'startOf'>,
  principals: readonly string[],
): Extract<Cell, { stand: 'position' }> | null {
  const stands = cells.filter((cell) => cell.stand === 'position' && principals.includes(cell.speaker));
  for (const cell of stands) {
    if (cell.stand !== 'position' || (cell.act !== 'commit' && cell.act !== 'conditional')) continue;
    const start = history.startOf(cell.speaker, cell.issue);
    const hasMoved = start !== null && Math.abs(cell.position - start) >= near;
    const isShared = stands.some(
      (other) =>
        other.stand === 'position' &&
        other.issue === cell.issue &&
        other.speaker !== cell.speaker &&
        Math.abs(other.position - cell.position) <= near,
    );
    if (hasMoved || isShared) return cell;
  }
  return null;
}

function signed(change: number): string {
  return `${change < 0 ? '-' : '+'}${Math.abs(change).toFixed(2)}`;
}
