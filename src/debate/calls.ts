import { z } from 'zod';
import { rememberingFor } from '../text/memo.ts';

/** One message of a prompt, in the form every chat provider takes. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** A message as JSON. It never changes, and a speaker's later prompts hold it again: each is put into JSON once. */
export const messageJson = rememberingFor((message: ChatMessage) => JSON.stringify(message));

/** A prompt as JSON. */
export function messagesJson(messages: readonly ChatMessage[]): string {
  return `[${messages.map(messageJson).join(',')}]`;
}

/** A reply that must be JSON of a given shape; `schema` is JSON Schema, for providers that can enforce it. */
export interface ReplyFormat {
  name: string;
  schema: Record<string, unknown>;
}

/** What a call is for. */
export const purposeSchema = z.enum([
  'open',
  'speak',
  'pick',
  'bid',
  'judge',
  'poll',
  'trace',
  'steer',
  'draft',
  'answer',
  'caucus',
  'caucus-call',
  'caucus-read',
]);

/** Why a call to a model, or one attempt of it, did not give a whole reply, or none that can be used. */
export const callFailureSchema = z.enum([
  'authentication',
  'quota',
  'rate-limited',
  'overloaded',
  'server-error',
  'unreachable',
  'connection-lost',
  'first-token-timeout',
  'idle-timeout',
  'total-timeout',
  'incomplete',
  'empty',
  'unknown-model',
  'context-too-long',
  'bad-request',
  'invalid-reply',
  /** The speech fell short of the strategy's grounding minimum. */
  'ungrounded',
  /** The speech broke its role, and the strategy asks for such a speech once more. */
  'out-of-role',
  'budget',
  'aborted',
]);

export const usageSchema = z.strictObject({
  /** Tokens of the prompt. */
  inputTokens: z.int().nonnegative(),
  /** Tokens of the reply, reasoning included. */
  outputTokens: z.int().nonnegative(),
  /** Part of inputTokens that the provider read from its prompt cache. */
  cachedTokens: z.int().nonnegative(),
  /** Part of inputTokens that the provider wrote to its prompt cache; absent where it wrote none or does not say. */
  cacheWriteTokens: z.int().nonnegative().optional(),
  /** True where the provider sent no usage and parley counted for itself. */
  estimated: z.boolean(),
});

/** What every finished call leaves behind. */
export const callRecord = {
  /** The model spec, such as openai:gpt-5-mini or simulator. */
  model: z.string().min(1),
  /** How often the model was asked, the attempt that gave the reply included. */
  attempts: z.int().positive(),
  /** Tokens of the attempt that gave the reply. */
  usage: usageSchema,
  /** US dollars of the attempt that gave the reply, as usage is its tokens; failed attempts are events of their own. null where the model's price is unknown. */
  costUsd: z.number().nonnegative().nullable(),
  timing: z.strictObject({
    /** Milliseconds from the last attempt's start to its first token. */
    firstTokenMs: z.number().nonnegative().nullable(),
    /** Milliseconds from the first attempt's start to the end of the reply, waits included. */
    totalMs: z.number().nonnegative(),
  }),
  /** SHA-256 of the messages sent, as JSON. */
  promptHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The reply was kept from an earlier run: nobody was asked and nothing paid; usage is what it took then. */
  fromCache: z.literal(true).optional(),
};
export const callRecordSchema = z.strictObject(callRecord);

export type Purpose = z.infer<typeof purposeSchema>;
export type CallFailure = z.infer<typeof callFailureSchema>;
export type CallRecord = z.infer<typeof callRecordSchema>;
export type Usage = z.infer<typeof usageSchema>;
