import { z } from 'zod';
import type { Outcome } from '../../debate/outcome.ts';
import { type BadOption, checkOptions, whole } from '../settings.ts';

const workerOptionsSchema = z.object({
  concurrency: whole(1, 2000),
  /** Seconds; a fraction serves tests. */
  lease: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
    .transform(Number)
    .refine((seconds) => seconds >= 1 && seconds <= 3600, 'must be from 1 to 3600'),
  untilEmpty: z.boolean().optional(),
  baseUrl: z.string().optional(),
  plain: z.boolean().optional(),
  theme: z.string().optional(),
});

export type WorkerCommandOptions = z.output<typeof workerOptionsSchema>;

export function readWorkerOptions(raw: Record<string, unknown>): Outcome<WorkerCommandOptions, BadOption> {
  return checkOptions(workerOptionsSchema, raw);
}
