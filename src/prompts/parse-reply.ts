import type { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { findJson } from '../text/json-in-text.ts';
import type { ReplyKind } from './replies.ts';

/**
 * Reads the JSON of a model's reply, which may stand among prose or in a code fence; of several that fit, the last,
 * since models put examples first. Nothing is mended or made up. The failure's message tells the model what is wrong.
 */
export function parseReply<Schema extends z.ZodType>(
  { schema }: ReplyKind<Schema>,
  text: string,
): Outcome<z.infer<Schema>, 'invalid-reply'> {
  const values = findJson(text).reverse();
  for (const value of values) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return success(parsed.data);
  }
  return failure('invalid-reply', values.length > 0 ? faultsOf(schema, values[0]) : withoutJson(text));
}

function faultsOf(schema: z.ZodType, value: unknown): string {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const faults = issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'The object'}: ${message}.`);
  return faults.join(' ');
}

function withoutJson(text: string): string {
  if (text.trim() === '') return 'The reply was empty.';
  return text.includes('{') ? 'The reply holds no complete JSON object.' : 'The reply holds no JSON object.';
}
