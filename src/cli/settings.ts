import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';

export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));

export type BadOption = 'bad-option';

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
