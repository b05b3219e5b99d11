import { type MeasureId, measureIds } from '../batch/comparison-aims.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { isConvergedWithin, restrictedRounds } from './statistics/restricted-rounds.ts';

export interface Measure {
  id: MeasureId;
  better: 'higher' | 'lower';
  /** How its numbers are written: 0.71, 71%, 3.4, $0.12. */
  unit: 'index' | 'share' | 'rounds' | 'usd';
  /** Ends of what it can be; null where there is no upper end. */
  low: number;
  high: number | null;
  /** For a table; R is the number of rounds looked at. */
  title(within: number): string;
  /** Its value for one debate; null where the debate gives none or failed. An aborted debate has not converged. */
  of(debate: DebateMeasures, within: number): number | null;
}

const catalogue: Record<MeasureId, Measure> = {
  converged: {
    id: 'converged',
    better: 'higher',
    unit: 'share',
    low: 0,
    high: 1,
    title: (within) => `converged within ${within} rounds`,
    of: (debate, within) => (!debate.aborted && isConvergedWithin(debate, within) ? 1 : 0),
  },
  rounds: {
    id: 'rounds',
    better: 'lower',
    unit: 'rounds',
    low: 0,
    high: null,
    title: (within) => `mean rounds, at most ${within}`,
    of: (debate, within) =>
      restrictedRounds({ converged: debate.converged && !debate.aborted, rounds: debate.rounds }, within),
  },
  principals: {
    id: 'principals',
    better: 'higher',
    unit: 'index',
    low: 0,
    high: 1,
    title: () => 'C at the end',
    of: (debate) => debate.principals,
  },
  grounding: {
    id: 'grounding',
    better: 'higher',
    unit: 'index',
    low: 0,
    high: 1,
    title: () => 'grounding',
    of: (debate) => debate.grounding,
  },
  fidelity: {
    id: 'fidelity',
    better: 'higher',
    unit: 'index',
    low: 0,
    high: 1,
    title: () => 'fidelity to the persona',
    of: (debate) => debate.fidelity,
  },
  hollow: {
    id: 'hollow',
    better: 'lower',
    unit: 'share',
    low: 0,
    high: 1,
    title: () => 'hollow rounds',
    of: (debate) => debate.hollow,
  },
  'facts-kept': {
    id: 'facts-kept',
    better: 'higher',
    unit: 'share',
    low: 0,
    high: 1,
    title: () => 'facts kept to the end',
    of: (debate) => debate.factsKept ?? null,
  },
  'facts-shared': {
    id: 'facts-shared',
    better: 'higher',
    unit: 'share',
    low: 0,
    high: 1,
    title: () => 'facts shared by who held them',
    of: (debate) => debate.factsShared ?? null,
  },
  cost: {
    id: 'cost',
    better: 'lower',
    unit: 'usd',
    low: 0,
    high: null,
    title: () => 'cost of a debate',
    of: (debate) => debate.costUsd,
  },
};

/** Failed debates are errors: they tell nothing of any measure. */
const measures = Object.fromEntries(
  Object.entries(catalogue).map(([id, measure]) => [
    id,
    { ...measure, of: (debate, within) => (debate.failed === undefined ? measure.of(debate, within) : null) },
  ]),
) as Record<MeasureId, Measure>;

/** The measures that debates can give: those of facts only where some debate follows facts. */
export function measuresOf(debates: readonly DebateMeasures[]): MeasureId[] {
  const hasFacts = debates.some(({ factsKept }) => factsKept !== undefined);
  return measureIds.filter((id) => hasFacts || !id.startsWith('facts-'));
}

export function measureOf(id: MeasureId): Measure {
  return measures[id];
}

/** A difference turned so that more is better. */
export function gain(measure: Measure, difference: number): number {
  return measure.better === 'higher' ? difference : -difference;
}

/** The largest difference that two debates can have; null where the measure has no end. */
export function rangeOf({ id, low, high }: Measure, within: number): number | null {
  if (id === 'rounds') return within;
  return high === null ? null : high - low;
}
