import { z } from 'zod';
import { identifierSchema } from '../debate/agenda.ts';

/** What is measured of every debate; a plan names its primary measures and its guards from these. */
export const measureIds = [
  'converged',
  'rounds',
  'principals',
  'grounding',
  'fidelity',
  'hollow',
  'facts-kept',
  'facts-shared',
  'cost',
] as const;

/** Other names of measures: C is the index of the principals everywhere else. */
const otherNames: Readonly<Record<string, MeasureId>> = { C: 'principals', c: 'principals' };

/** The words by which a person may name a measure. */
export const measureNames: readonly string[] = ['C', ...measureIds];

/** The measure that a word names, also in spaced words such as "facts kept"; the word itself where it names none. */
export function measureNamed(word: string): string {
  const id = word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return otherNames[word] ?? measureIds.find((known) => known === id) ?? word;
}

export const measureIdSchema = z.enum(measureIds);
export type MeasureId = z.infer<typeof measureIdSchema>;

const byMeasure = z.partialRecord(measureIdSchema, z.number().positive());

/** What a comparison sets out to decide; fixed in the plan before anything is run. */
export const comparisonAimsSchema = z.strictObject({
  /** The measures that decide; Holm's adjustment covers every pair of arms times these. */
  primary: z.array(measureIdSchema).min(1),
  /** Measures that must not get worse for an arm to be called better. */
  guards: z.array(measureIdSchema),
  /** Largest loss that still counts as no worse, in the units of the measure. */
  margins: byMeasure,
  /** Smallest difference worth finding, in the units of the measure; "N more articles" aims at it. */
  smallest: byMeasure,
  /** The arm that all others are compared with; null compares every pair. */
  against: identifierSchema.nullable(),
  /** Chance of any false "better" over the whole comparison, inside 0..1. */
  level: z.number().gt(0).lt(0.5),
  /** Chance wanted of finding the smallest difference worth finding, inside 0..1. */
  power: z.number().gt(0.5).lt(1),
  /** What is supposed of the first primary measure before anything is known, to say how many articles it will take. */
  suppose: z
    .strictObject({
      /** Standard deviation over articles of the arms' true difference, in units of the measure. */
      between: z.number().nonnegative(),
      /** Standard deviation of one debate about the mean of its article and arm. */
      within: z.number().nonnegative(),
    })
    .nullable(),
  /** R in "converged within R rounds"; the horizon of the restricted mean rounds. */
  within: z.int().positive(),
});

export type ComparisonAims = z.infer<typeof comparisonAimsSchema>;

/** Differences that matter, by measure; a cost has none. */
const usualSizes = {
  ...{ converged: 0.1, rounds: 0.5, principals: 0.05, grounding: 0.05, fidelity: 0.05, hollow: 0.1 },
  ...{ 'facts-kept': 0.1, 'facts-shared': 0.1 },
};

/** The aims of a plan that says nothing of them, for debates of so many rounds. */
export function defaultAims(rounds: number): ComparisonAims {
  return {
    primary: ['principals'],
    guards: ['grounding'],
    margins: usualSizes,
    smallest: usualSizes,
    against: null,
    level: 0.05,
    power: 0.8,
    suppose: null,
    within: rounds,
  };
}
