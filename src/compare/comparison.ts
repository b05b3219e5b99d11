import { z } from 'zod';
import { comparisonAimsSchema, type MeasureId, measureIdSchema } from '../batch/comparison-aims.ts';
import { identifierSchema } from '../debate/agenda.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { parsedJson } from '../text/json-in-text.ts';

/** Version of the stored comparison; another one is refused by name. */
export const comparisonVersion = 1;

const probability = z.number().min(0).max(1);
const intervalSchema = z.strictObject({ low: z.number(), high: z.number() });
const articleValueSchema = z.strictObject({
  article: z.string().min(1),
  value: z.number(),
  /** Debates (of an arm) or cells (of a pair) averaged in it. */
  count: z.int().positive(),
});

/** One measure of one arm: the mean over articles of the mean over an article's debates. */
const armMeasureSchema = z.strictObject({
  measure: measureIdSchema,
  mean: z.number().nullable(),
  /** Clustered by article. */
  standardError: z.number().nullable(),
  /** Two-sided, at 1 - level; Wilson's for the share converged. */
  interval: intervalSchema.nullable(),
  /** Debates that gave no number. */
  missing: z.int().nonnegative(),
  /** Standard deviations: of articles' means about their mean, and of an article's repeats about theirs; null with too few. Absent in older results. */
  spread: z
    .strictObject({
      articles: z.number().nonnegative().nullable(),
      repeats: z.number().nonnegative().nullable(),
    })
    .optional(),
  byArticle: z.array(articleValueSchema),
});

const armSummarySchema = z.strictObject({
  arm: identifierSchema,
  debates: z.int().nonnegative(),
  /** Ended before they were done, failed ones left out. */
  aborted: z.int().nonnegative(),
  /** Left out of every measure. Absent in older results, where they counted as aborted. */
  failed: z.int().nonnegative().optional(),
  simulated: z.int().nonnegative(),
  /** US dollars for all its debates; null where a price is unknown. */
  costUsd: z.number().nonnegative().nullable(),
  measures: z.array(armMeasureSchema),
});

const noWorseSchema = z.strictObject({
  margin: z.number().positive(),
  /** Lower end of the interval of the gain, in the measure's units; null with fewer than two articles. */
  bound: z.number().nullable(),
  /** One-sided, of "the loss is at least the margin". */
  p: probability,
  /** Holm-adjusted where the measure is primary; equal to p for a guard. */
  adjustedP: probability,
  isShown: z.boolean(),
});

/** One measure of one pair: what a has more than b. */
const contrastSchema = z.strictObject({
  measure: measureIdSchema,
  role: z.enum(['primary', 'guard', 'secondary']),
  /** Cells in which both arms gave a number, and cells in which one of them did not. */
  cells: z.int().nonnegative(),
  missingCells: z.int().nonnegative(),
  /** a - b in the measure's own units, mean over articles; null without a common cell. */
  difference: z.number().nullable(),
  standardError: z.number().nullable(),
  interval: intervalSchema.nullable(),
  tTestP: probability.nullable(),
  /** Cross-check by resampling articles. */
  bootstrap: intervalSchema.nullable(),
  /** The p that decides; null without a common cell. */
  signFlip: z
    .strictObject({
      p: probability,
      extreme: z.int().nonnegative(),
      total: z.int().positive(),
      isExact: z.boolean(),
    })
    .nullable(),
  /** Holm-adjusted over every pair and primary measure; null for other measures. */
  adjustedP: probability.nullable(),
  /** Which arm is better beyond the level; adjusted for primary measures, unadjusted for the others. */
  better: z.enum(['a', 'b']).nullable(),
  /** Is a shown to be no worse than b, and b than a? null without a margin. */
  noWorse: z.strictObject({ a: noWorseSchema, b: noWorseSchema }).nullable(),
  /** The smallest true difference that this many articles would find with the power asked for. */
  detectable: z.number().nonnegative().nullable(),
  /** What it would take to find the smallest difference worth finding; null where nothing is open or nothing is known. */
  needed: z
    .strictObject({
      effect: z.number().positive(),
      /** Further articles, beyond those compared. */
      articles: z.int().nonnegative(),
      costUsd: z.number().nonnegative().nullable(),
    })
    .nullable(),
  byArticle: z.array(articleValueSchema),
  /** What a reader should know before trusting the numbers of this row. */
  notes: z.array(z.string()),
});

const findingSchema = z.enum(['better', 'no-worse', 'mixed', 'inconclusive']);

const pairSchema = z.strictObject({
  a: identifierSchema,
  b: identifierSchema,
  contrasts: z.array(contrastSchema),
  /** better: of `winner`. no-worse: `winner` than the other, or each than the other where it is null. */
  finding: findingSchema,
  winner: identifierSchema.nullable(),
  /** Better on the primary measures, while that it keeps every guard is neither shown nor refuted: inconclusive in this one way. */
  ahead: identifierSchema.optional(),
  /** The verdict line. */
  verdict: z.string().min(1),
  /** What becomes of the verdict without the cells in which a debate was aborted; empty where none was. */
  sensitivity: z.string(),
});

/** The result of a comparison, as it is printed, stored, and compared with later ones. */
export const comparisonSchema = z.strictObject({
  format: z.literal('parley-comparison'),
  version: z.literal(comparisonVersion),
  title: z.string(),
  aims: comparisonAimsSchema,
  /** Seed of the draws in bootstrap and Monte Carlo tests. */
  seed: z.int().nonnegative(),
  articles: z.array(z.string().min(1)),
  cells: z.int().nonnegative(),
  /** Debates the plan asks for; the comparison is an early look where fewer are done. */
  planned: z.int().nonnegative().nullable(),
  /** Tests in the family that Holm's adjustment covers. */
  tests: z.int().positive(),
  arms: z.array(armSummarySchema),
  pairs: z.array(pairSchema),
  warnings: z.array(z.string()),
  /** Not empty where any debate is the simulator's. */
  caveat: z.string(),
});

export type ArmMeasure = z.infer<typeof armMeasureSchema>;
export type ArmSummary = z.infer<typeof armSummarySchema>;
export type Contrast = z.infer<typeof contrastSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Pair = z.infer<typeof pairSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;

/** The measures that a comparison holds, in their order. */
export function measuresIn({ arms }: Pick<Comparison, 'arms'>): MeasureId[] {
  return arms[0]?.measures.map(({ measure }) => measure) ?? [];
}

/** The comparison as it is kept: JSON with a fixed layout, so that two files differ only where results do. */
export function storedComparison(result: Comparison): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** Reads back what `storedComparison` wrote; `file` is for the message. */
export function readComparison(
  text: string,
  file: string,
): Outcome<Comparison, 'not-a-comparison' | 'unsupported-version'> {
  const value = parsedJson(text);
  if (!isRecord(value) || value['format'] !== 'parley-comparison') {
    return failure('not-a-comparison', `${file} is not a stored comparison.`);
  }
  if (value['version'] !== comparisonVersion) {
    return failure(
      'unsupported-version',
      `${file} is a comparison of version ${String(value['version'])}; this parley reads version ${comparisonVersion}. Run the comparison again to renew it.`,
    );
  }
  const checked = comparisonSchema.safeParse(value);
  if (checked.success) return success(checked.data);
  const issue = checked.error.issues[0];
  return failure(
    'not-a-comparison',
    `${file} is damaged at ${issue?.path.join('.') || 'its top'} (${issue?.message ?? 'unreadable'}). Run the comparison again to renew it.`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The pairs to compare: each arm with the one named in `against`, or with every arm before it. */
export function pairsOf(arms: readonly string[], against: string | null): { a: string; b: string }[] {
  if (against !== null) return arms.filter((arm) => arm !== against).map((a) => ({ a, b: against }));
  return arms.flatMap((b, index) => arms.slice(index + 1).map((a) => ({ a, b })));
}
