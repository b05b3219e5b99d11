import { z } from 'zod';
import { defaultFilters, type FilterOptions } from '../dataset/filters.ts';
import { type FormatName, formatNames } from '../dataset/formats/index.ts';
import { defaultSplits, parseSplits, type Splits } from '../dataset/groups/article-groups.ts';
import { type RankingRule, rankingRules } from '../dataset/pairs/pair-of-family.ts';
import type { FileKind } from '../dataset/write/tables.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';

const share = z
  .string()
  .regex(/^(0?\.\d+|0|1|1\.0+|0\.0+)$/, 'must be a share from 0 to 1')
  .transform(Number);
const count = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
const listOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
    .pipe(z.array(z.enum(names, `must be of: ${names.join(', ')}`)).min(1));

/** The options of `parley export` as a person types them. */
const exportOptionsSchema = z.object({
  format: z.union([z.literal('all').transform((): FormatName[] => [...formatNames]), listOf(formatNames)]),
  files: listOf(['jsonl', 'parquet']),
  splits: z.string().optional(),
  minGrounding: share.optional(),
  maxMisquotes: count.optional(),
  maxBreaches: count.optional(),
  maxTokens: count.optional(),
  nearDuplicates: z
    .union([
      z.literal('off').transform(() => null),
      share.refine((value) => value >= 0.5, 'must be from 0.5 to 1, or off'),
    ])
    .optional(),
  rankBy: z.enum(Object.keys(rankingRules) as [RankingRule, ...RankingRule[]]),
  minMargin: z
    .string()
    .regex(/^\d*\.?\d+$/, 'must be a number')
    .transform(Number)
    .optional(),
  includeSimulated: z.boolean().default(false),
  includeControls: z.boolean().default(false),
  includeUnfinished: z.boolean().default(false),
  allowSecrets: z.boolean().default(false),
  allForks: z.boolean().default(false),
  dropLowConfidence: z.boolean().default(false),
  foldSystem: z.boolean().default(false),
  notes: z.boolean().default(false),
  force: z.boolean().default(false),
  check: z.boolean().default(true),
});

export interface ExportOptions {
  formats: FormatName[];
  files: FileKind[];
  splits: Splits;
  filters: FilterOptions;
  rankBy: RankingRule;
  leastMargin: number | null;
  foldSystem: boolean;
  notes: boolean;
  replace: boolean;
  check: boolean;
}

export function readExportOptions(
  options: Record<string, unknown>,
): Outcome<ExportOptions, 'bad-option' | 'bad-splits'> {
  const parsed = exportOptionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? 'option');
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return failure('bad-option', `${flag} ${String(options[name] ?? '')} ${messageOf(issue)}.`);
  }
  const { data } = parsed;
  const splits = data.splits === undefined ? success(defaultSplits) : parseSplits(data.splits);
  if (!splits.ok) return splits;
  return success({
    formats: data.format,
    files: data.files,
    splits: splits.value,
    filters: {
      includeSimulated: data.includeSimulated,
      includeControls: data.includeControls,
      includeUnfinished: data.includeUnfinished,
      allowSecrets: data.allowSecrets,
      allForks: data.allForks,
      dropLowConfidence: data.dropLowConfidence,
      minGrounding: data.minGrounding ?? null,
      maxMisquotes: data.maxMisquotes ?? null,
      maxBreaches: data.maxBreaches ?? null,
      maxTokens: data.maxTokens ?? null,
      nearDuplicates: data.nearDuplicates === undefined ? defaultFilters.nearDuplicates : data.nearDuplicates,
    },
    rankBy: data.rankBy,
    leastMargin: data.minMargin ?? null,
    foldSystem: data.foldSystem,
    notes: data.notes,
    replace: data.force,
    check: data.check,
  });
}

/** Of a choice between a word and a list, what is wrong with the list. */
function messageOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_union') return messageOf(issue.errors.at(-1)?.[0]);
  return issue?.message ?? 'is not valid';
}
