import { z } from 'zod';
import type { ChatChunk, ChatModel } from '../../types.ts';
import { type CompletionBody, chunkOfBody } from './completion-body.ts';

/** What the requests of a job ask; a job has one kind. */
export const endpoint = '/v1/chat/completions';

/** One line of a job's file. */
export function requestLine(id: string, body: Record<string, unknown>): string {
  return JSON.stringify({ custom_id: id, method: 'POST', url: endpoint, body });
}

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/** One line of a job's results: an answer, a refusal, or that its turn never came. */
export type JobReply =
  | { id: string; kind: 'answer'; body: unknown }
  | { id: string; kind: 'refusal'; error: Error }
  /** Asked again it may well be answered. */
  | { id: string; kind: 'unanswered'; why: string };

/** Statuses that say nothing about the request itself. */
const passing = new Set([408, 409, 425, 429]);

/** null for a line that is none. */
export function parseJobReply(text: string): JobReply | null {
  const line = lineOf(text);
  if (!line) return null;
  const { custom_id: id, response, error } = line;
  if (!response) return { id, kind: 'unanswered', why: error?.message ?? error?.code ?? 'no answer came' };
  const { status_code: status, body } = response;
  if (status === 200) return { id, kind: 'answer', body };
  const refusal = refusalOf(status, body);
  const isQuota = /insufficient_quota|billing/.test(JSON.stringify(body) ?? '');
  if (status >= 500 || (passing.has(status) && !isQuota)) {
    return { id, kind: 'unanswered', why: refusal.message };
  }
  return { id, kind: 'refusal', error: refusal };
}

/** A chat model that says one answer, which is there already. */
export function answeredModel(body: unknown): ChatModel {
  return { stream: async () => said(body) };
}

async function* said(body: unknown): AsyncGenerator<ChatChunk> {
  const chunk = chunkOfBody((body ?? {}) as CompletionBody);
  // A job's answers always say why they ended; one that does not is none.
  yield chunk.response_metadata['isWhole'] ? { ...chunk, response_metadata: {} } : chunk;
}

function refusalOf(status: number, body: unknown): Error {
  const error = (body as { error?: { message?: unknown } } | null)?.error;
  const message = typeof error?.message === 'string' ? error.message : `status ${status}`;
  return Object.assign(new Error(message), { status, error });
}

function lineOf(text: string): z.output<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
