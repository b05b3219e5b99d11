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

/** Headers as libraries hand them over: the web's class or a plain object. */
type HeadersLike = { get(name: string): string | null } | Record<string, unknown>;

/**
 * Milliseconds a server asks to wait, from `retry-after-ms` or `Retry-After` (seconds or an HTTP date, RFC 9110
 * section 10.2.3); null where it does not say or what it says cannot be read.
 */
export function retryAfterOf(headers: unknown, now: number): number | null {
  const exact = Number.parseFloat(headerOf(headers, 'retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const value = headerOf(headers, 'retry-after')?.trim();
  if (value === undefined || value === '') return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // All three forms of an HTTP date begin with the day of the week; Date.parse would also read a mere "-5" as one.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const source = headers as HeadersLike;
  const value =
    typeof source.get === 'function' ? source.get(name) : (source as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
