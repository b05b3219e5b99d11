import type { CallFailure } from '../debate/calls.ts';
import type { Random } from '../debate/seeded-random.ts';

const firstWaitMs = 1_000;
const longestBackoffMs = 30_000;

/** Failures that the same request may well survive later. All others end the call at once. */
const passing: ReadonlySet<CallFailure> = new Set([
  'rate-limited',
  'overloaded',
  'server-error',
  'unreachable',
  'connection-lost',
  'first-token-timeout',
  'idle-timeout',
  'incomplete',
  'empty',
]);

export function isPassing(reason: CallFailure): boolean {
  return passing.has(reason);
}

/**
 * Milliseconds before the next attempt: exponential backoff with "equal jitter" (Brooker, "Exponential Backoff And
 * Jitter", AWS Architecture Blog, 2015), added to what the server asked for, so that callers who were told the same
 * time do not come back together and nobody comes early.
 */
export function retryWait(attempt: number, retryAfterMs: number | null, random: Random): number {
  const backoff = Math.min(longestBackoffMs, firstWaitMs * 2 ** (attempt - 1));
  if (retryAfterMs === null) return Math.round(backoff / 2 + (random() * backoff) / 2);
  return Math.ceil(retryAfterMs + (random() * backoff) / 2);
}
