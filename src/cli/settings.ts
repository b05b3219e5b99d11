import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { orderSchema, type Settings } from '../debate/setup.ts';

export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const decimal = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);
export const aboveZero = decimal.refine((value) => value > 0, 'must be above 0');

/** The numbers and choices of a debate as a person types them; names are those of the options. */
const debateOptionsSchema = z.object({
  rounds: whole(1, 100),
  order: orderSchema,
  seed: whole(0, 2 ** 31 - 1).optional(),
  judgeSamples: whole(1, 101),
  turnTokens: whole(16, 100_000),
  temperature: decimal.refine((value) => value <= 2, 'must be at most 2').optional(),
  budget: aboveZero.optional(),
  budgetTokens: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  stopEarly: z.boolean(),
});

/** Those of them that a resumed debate may change. */
const resumeOptionsSchema = z.object({
  rounds: whole(1, 100).optional(),
  budget: aboveZero.optional(),
  budgetTokens: whole(1, Number.MAX_SAFE_INTEGER).optional(),
  stopEarly: z.boolean(),
});

const paceSchema = z.object({ pace: decimal.optional() });
const replaySchema = z.object({ speed: decimal.optional(), idleLimit: decimal });

export type BadOption = 'bad-option';

/** Settings and seed from options; the seed is null where none was given. */
export function readDebateOptions(
  options: Record<string, unknown>,
): Outcome<{ settings: Settings; seed: number | null }, BadOption> {
  const read = checkOptions(debateOptionsSchema, options);
  if (!read.ok) return read;
  const { rounds, order, judgeSamples, turnTokens, temperature, budget, budgetTokens, stopEarly, seed } =
    read.value;
  return success({
    settings: {
      rounds,
      order,
      judgeSamples,
      turnTokens,
      temperature: temperature ?? null,
      budgetUsd: budget ?? null,
      budgetTokens: budgetTokens ?? null,
      stopEarly,
    },
    seed: seed ?? null,
  });
}

/** The settings of a debate with what the person changed for its resumption. */
export function readResumeOptions(
  options: Record<string, unknown>,
  before: Settings,
): Outcome<Settings, BadOption> {
  const read = checkOptions(resumeOptionsSchema, options);
  if (!read.ok) return read;
  const { rounds, budget, budgetTokens, stopEarly } = read.value;
  return success({
    ...before,
    rounds: rounds ?? before.rounds,
    budgetUsd: budget ?? before.budgetUsd,
    budgetTokens: budgetTokens ?? before.budgetTokens,
    // --no-stop-early is the only form there is, so true says nothing.
    stopEarly: before.stopEarly && stopEarly,
  });
}

/** The simulator's tokens a second: null for full speed. Without --pace a terminal gets a reading pace. */
export function readPace(
  options: Record<string, unknown>,
  isWatched: boolean,
): Outcome<number | null, BadOption> {
  const read = checkOptions(paceSchema, options);
  if (!read.ok) return read;
  const readingPace = 12;
  const pace = read.value.pace ?? (isWatched ? readingPace : 0);
  return success(pace === 0 ? null : pace);
}

export function readReplayOptions(
  options: Record<string, unknown>,
): Outcome<{ speed: number | null; idleLimitMs: number }, BadOption> {
  const read = checkOptions(replaySchema, options);
  if (!read.ok) return read;
  return success({ speed: read.value.speed ?? null, idleLimitMs: read.value.idleLimit * 1000 });
}

/** Checks what a person typed; the first fault is told by its flag. */
export function checkOptions<Schema extends z.ZodType>(
  schema: Schema,
  options: Record<string, unknown>,
): Outcome<z.output<Schema>, BadOption> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return success(parsed.data);
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? 'option');
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const given = String(options[name] ?? '');
  return failure('bad-option', `${flag} ${given === '' ? '""' : given} ${issue?.message ?? 'is not valid'}.`);
}
