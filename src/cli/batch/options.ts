import { z } from 'zod';
import type { Outcome } from '../../debate/outcome.ts';
import { type BadOption, checkOptions, whole } from '../settings.ts';

const most = Number.MAX_SAFE_INTEGER;

const batchOptionsSchema = z.object({
  count: whole(1, 1_000_000).optional(),
  yes: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  retryFailed: z.boolean().optional(),
  cache: z.boolean().optional(),
  openaiBatch: z.boolean().optional(),
  lookEvery: z
    .string()
    .regex(/^\d*\.?\d+$/, 'must be a number of seconds')
    .transform(Number)
    .refine((seconds) => seconds > 0, 'must be above 0'),
  concurrency: whole(1, 2000),
  rpm: whole(1, most).optional(),
  tpm: whole(1, most).optional(),
  budget: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number')
    .transform(Number)
    .refine((value) => value > 0, 'must be above 0')
    .optional(),
  budgetTokens: whole(1, most).optional(),
  transcripts: z.string().min(1),
  plain: z.boolean().optional(),
  theme: z.string().optional(),
});

export type BatchCommandOptions = z.output<typeof batchOptionsSchema>;

/** The options of commands that hold many debates. */
export function readBatchOptions(options: Record<string, unknown>): Outcome<BatchCommandOptions, BadOption> {
  return checkOptions(batchOptionsSchema, options);
}
