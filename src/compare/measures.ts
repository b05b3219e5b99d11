import { z } from 'zod';
import { type MeasureId, measureIds } from '../batch/comparison-aims.ts';
import type { Interval } from '../convergence/statistics.ts';
import { identifierSchema } from '../debate/agenda.ts';
import { controlSchema } from '../debate/setup.ts';

const share = z.number().min(0).max(1);

/** All that a comparison looks at of one debate. */
export const debateMeasuresSchema = z.strictObject({
  debate: z.string().min(1),
  arm: identifierSchema,
  /** What the debate was about; the independent unit. Debates on the same text must name it alike. */
  article: z.string().min(1),
  /** The cell of the plan; every arm runs it once. */
  cell: z.string().min(1),
  converged: z.boolean(),
  /** The round in which it converged; rounds held where it did not. */
  rounds: z.int().nonnegative(),
  /** C_principals after the last round; null where too little could be read. */
  principals: share.nullable(),
  /** Share of the claims that cite a passage or turn that exists. */
  grounding: share.nullable(),
  /** Mean over personas of the share of their speeches that stay in the role. */
  fidelity: share.nullable(),
  /** Share of the judged rounds that were hollow agreement. */
  hollow: share.nullable(),
  /** Share of the article's facts that are alive at the end; absent where no facts are followed. */
  factsKept: share.optional(),
  /** Of the facts dealt to some of the cast alone, the share that a holder said; absent where none are, or none are followed. */
  factsShared: share.optional(),
  /** US dollars; null where a model has no known price. */
  costUsd: z.number().nonnegative().nullable(),
  /** Calls that a kept reply answered in place of a model, which cost nothing; absent for none. */
  callsFromCache: z.int().positive().optional(),
  /** Ended before it was done: failed, stopped, or out of budget. */
  aborted: z.boolean(),
  /** Why it failed: a call of it could not be made to work. It gives no number; absent in a debate that did not fail. */
  failed: z.string().optional(),
  /** Speeches that refuse to take the part, as they begin; absent for none. */
  refusals: z.array(z.strictObject({ turn: z.int().positive(), text: z.string() })).optional(),
  simulated: z.boolean(),
  /** People wrote some of its speeches; absent where models wrote all. */
  people: z.literal(true).optional(),
  /** It was a control; absent in a debate like others. */
  control: controlSchema.optional(),
});

export type DebateMeasures = z.infer<typeof debateMeasuresSchema>;

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

type Title = Measure['title'] | string;

/** A measure of 0..1, of which more is better; `changed` is what is otherwise. Failed debates are errors: they tell nothing of any measure. */
function measure(id: MeasureId, title: Title, of: Measure['of'], changed: Partial<Measure> = {}): Measure {
  return {
    ...{ id, better: 'higher', unit: 'index', low: 0, high: 1, ...changed },
    title: typeof title === 'string' ? () => title : title,
    of: (debate, within) => (debate.failed === undefined ? of(debate, within) : null),
  };
}

const asShare = { unit: 'share' } as const;
const measures = [
  measure(
    'converged',
    (within) => `converged within ${within} rounds`,
    (debate, within) => Number(!debate.aborted && isConvergedWithin(debate, within)),
    asShare,
  ),
  measure(
    'rounds',
    (within) => `mean rounds, at most ${within}`,
    ({ converged, aborted, rounds }, within) =>
      restrictedRounds({ converged: converged && !aborted, rounds }, within),
    { better: 'lower', unit: 'rounds', high: null },
  ),
  measure('principals', 'C at the end', (debate) => debate.principals),
  measure('grounding', 'grounding', (debate) => debate.grounding),
  measure('fidelity', 'fidelity to the persona', (debate) => debate.fidelity),
  measure('hollow', 'hollow rounds', (debate) => debate.hollow, { ...asShare, better: 'lower' }),
  measure('facts-kept', 'facts kept to the end', (debate) => debate.factsKept ?? null, asShare),
  measure('facts-shared', 'facts shared by who held them', (debate) => debate.factsShared ?? null, asShare),
  measure('cost', 'cost of a debate', (debate) => debate.costUsd, {
    better: 'lower',
    unit: 'usd',
    high: null,
  }),
];
const byId = new Map(measures.map((one) => [one.id, one]));

/** The measures that debates can give: those of facts only where some debate follows facts. */
export function measuresOf(debates: readonly DebateMeasures[]): MeasureId[] {
  const hasFacts = debates.some(({ factsKept }) => factsKept !== undefined);
  return measureIds.filter((id) => hasFacts || !id.startsWith('facts-'));
}

export function measureOf(id: MeasureId): Measure {
  return byId.get(id) as Measure;
}

/** A difference turned so that more is better. */
export function gain(measure: Measure, difference: number): number {
  return measure.better === 'higher' ? difference : -difference;
}

/** The same of an interval. */
export function gainInterval(measure: Measure, interval: Interval | null): Interval | null {
  if (interval === null || measure.better === 'higher') return interval;
  return { low: 0 - interval.high, high: 0 - interval.low };
}

/** The largest difference that two debates can have; null where the measure has no end. */
export function rangeOf({ id, low, high }: Measure, within: number): number | null {
  if (id === 'rounds') return within;
  return high === null ? null : high - low;
}

/** How a debate went, as far as time to convergence is concerned. */
interface TimeToConvergence {
  converged: boolean;
  /** The round in which it converged, from 1; rounds held where it did not. */
  rounds: number;
}

/** Converged in round `within` or before. */
export function isConvergedWithin({ converged, rounds }: TimeToConvergence, within: number): boolean {
  return converged && rounds <= within;
}

/**
 * One debate's share in the restricted mean number of rounds: the round in which it converged, at most `within`;
 * `within` where it did not. The mean is the area under the curve of debates not yet converged up to that round (Royston and Parmar 2013,
 * doi:10.1186/1471-2288-13-152). A debate that ended in deadlock or was aborted is not censored: censoring
 * would suppose that it was about to converge like the others, and ending without agreement says otherwise.
 */
export function restrictedRounds(outcome: TimeToConvergence, within: number): number {
  return isConvergedWithin(outcome, within) ? outcome.rounds : within;
}

/** Share of debates converged by the end of round 0, 1, … `within`; 0..1 each, never falling. */
export function shareConvergedByRound(outcomes: readonly TimeToConvergence[], within: number): number[] {
  return Array.from({ length: within + 1 }, (_, round) => {
    const converged = outcomes.filter((outcome) => isConvergedWithin(outcome, round)).length;
    return outcomes.length === 0 ? 0 : converged / outcomes.length;
  });
}
