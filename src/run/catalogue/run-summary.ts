import { z } from 'zod';
import { type Debate, peopleIn } from '../../debate/debate.ts';
import { endReasonSchema } from '../../debate/events.ts';
import { type Control, controlSchema } from '../../debate/setup.ts';

const count = z.int().nonnegative();

/** What is worth knowing of one stored debate without reading it again. */
export const runSummarySchema = z.strictObject({
  debate: z.string().min(1),
  scenario: z.string(),
  strategy: z.string(),
  /** Every model in use, in the order of their names. */
  models: z.array(z.string()),
  simulated: z.boolean(),
  /** The control that it was; null for a debate like others. Absent where it was noted before controls were. */
  control: controlSchema.nullable().optional(),
  /** Why it ended; null where it has not. */
  ending: endReasonSchema.nullable(),
  detail: z.string(),
  rounds: count,
  turns: count,
  /** C of the principals after the last round; null where nothing could be read. */
  convergence: z.number().nullable(),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  /** US dollars; the known part where `unpricedCalls` is above 0. */
  costUsd: z.number().nonnegative(),
  unpricedCalls: count,
  startedAt: z.string(),
  /** How many events its journal has. */
  events: count,
  // What follows is absent in what was noted before it was.
  /** The scenario's title. */
  title: z.string().optional(),
  /** C of the principals after each round; null where nothing could be read. */
  trend: z.array(z.number().nullable()).optional(),
  /** The interval of the last C. */
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable().optional(),
  /** The debate that it is a fork of, and the first speech of its own; null where it began by itself. */
  forkedFrom: z.strictObject({ debate: z.string(), turn: z.int() }).nullable().optional(),
  /** People wrote some of its speeches from seats. Absent: models wrote all. */
  people: z.literal(true).optional(),
});

export type RunSummary = z.infer<typeof runSummarySchema>;

export function summaryOf(debate: Debate): RunSummary {
  const { started, ended, totals, turns, verdicts } = debate;
  return {
    debate: started.debate,
    scenario: started.scenario.id,
    strategy: started.strategy,
    models: [...new Set(Object.values(debate.models).map(({ spec }) => spec))].sort(),
    simulated: Object.values(debate.models).some(({ simulated }) => simulated),
    control: started.control ?? null,
    ending: ended?.reason ?? null,
    detail: ended?.detail ?? '',
    rounds: verdicts.length,
    turns: turns.length,
    convergence: verdicts.at(-1)?.convergence?.principals ?? null,
    calls: totals.calls,
    inputTokens: totals.inputTokens,
    outputTokens: totals.outputTokens,
    costUsd: totals.costUsd,
    unpricedCalls: totals.unpricedCalls,
    startedAt: started.at,
    events: debate.length,
    title: started.scenario.title,
    ...(peopleIn(debate).length > 0 ? { people: true as const } : {}),
    trend: verdicts.map(({ convergence }) => convergence?.principals ?? null),
    interval: intervalOf(verdicts.at(-1)?.convergence?.interval),
    forkedFrom: started.forkedFrom ?? null,
  };
}

function intervalOf(interval: { low: number; high: number } | null | undefined): RunSummary['interval'] {
  return interval ? { low: interval.low, high: interval.high } : null;
}

/** Which runs are meant; null lets all pass. */
export interface RunFilter {
  /** Id of a plan's arm. */
  arm: string | null;
  /** A whole spec, or its provider or name alone. */
  model: string | null;
  /** A reason, or `unfinished` for runs that have not ended. */
  ending: string | null;
  /** The name of a control, `any` of them, or `none` for debates like others. */
  control: string | null;
  /** Id of a scenario. */
  scenario: string | null;
  /** Id of a strategy. */
  strategy: string | null;
  /** Lowest C of the last verdict, 0 to 1; runs without C do not pass. */
  minConvergence: number | null;
  /** Highest C of the last verdict, 0 to 1; runs without C do not pass. */
  maxConvergence: number | null;
}

export function passesFilter(summary: RunSummary, arms: readonly string[], filter: RunFilter): boolean {
  const { arm, model, ending, control, scenario, strategy, minConvergence, maxConvergence } = filter;
  if (arm !== null && !arms.includes(arm)) return false;
  if (model !== null && !summary.models.some((spec) => spec === model || spec.split(':').includes(model)))
    return false;
  if (ending !== null && (summary.ending ?? 'unfinished') !== ending) return false;
  if (control !== null && !isMeant(summary.control ?? null, control)) return false;
  if (scenario !== null && summary.scenario !== scenario) return false;
  if (strategy !== null && summary.strategy !== strategy) return false;
  if (minConvergence !== null && !(summary.convergence !== null && summary.convergence >= minConvergence))
    return false;
  return maxConvergence === null || (summary.convergence !== null && summary.convergence <= maxConvergence);
}

function isMeant(control: Control | null, wanted: string): boolean {
  return wanted === 'any' ? control !== null : (control ?? 'none') === wanted;
}

/** Runs counted together. */
export interface RunTotals {
  runs: number;
  /** How many ended for which reason; those without an end stand under `unfinished`. */
  endings: Record<string, number>;
  /** Mean of C after the last round over the runs that have one; null where none has. */
  meanConvergence: number | null;
  turns: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  unpricedCalls: number;
}

/** Adds up runs as they come; memory is one set of numbers. */
export function createTotals(): { add(summary: RunSummary): void; totals(): RunTotals } {
  const sum = { runs: 0, turns: 0, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpricedCalls: 0 };
  const endings: Record<string, number> = {};
  let [convergence, measured] = [0, 0];
  return {
    add(summary) {
      sum.runs += 1;
      for (const key of [
        'turns',
        'calls',
        'inputTokens',
        'outputTokens',
        'costUsd',
        'unpricedCalls',
      ] as const)
        sum[key] += summary[key];
      const ending = summary.ending ?? 'unfinished';
      endings[ending] = (endings[ending] ?? 0) + 1;
      if (summary.convergence === null) return;
      convergence += summary.convergence;
      measured += 1;
    },
    totals: () => ({
      ...sum,
      endings: { ...endings },
      meanConvergence: measured === 0 ? null : convergence / measured,
    }),
  };
}
