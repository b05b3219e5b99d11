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

/** Fields in which bodies say how long to wait, and how many milliseconds one of their units has. */
const bodyFields: readonly (readonly [string, number])[] = [
  ['retry_after_ms', 1],
  ['retryAfterMs', 1],
  ['retry_after', 1000],
  ['retryAfter', 1000],
  ['retry_after_seconds', 1000],
  ['retry-after', 1000],
  ['retryDelay', 1000],
  ['retry_delay', 1000],
  ['estimated_time', 1000],
];

/**
 * Milliseconds a server asks to wait in the body of a refusal: Google's RetryInfo ("2s", or {seconds, nanos}),
 * retry_after and its like, or in words ("try again in 1.5s"). null where it does not say.
 */
export function retryAfterInBody(body: unknown, depth = 0): number | null {
  if (Array.isArray(body)) return firstGiven(body.slice(0, 20), (item) => retryAfterInBody(item, depth + 1));
  if (typeof body !== 'object' || body === null || depth > 6) return null;
  const fields = body as Record<string, unknown>;
  const stated = firstGiven(bodyFields, ([name, unit]) => durationOf(fields[name], unit));
  if (stated !== null) return stated;
  const inner = ['error', 'details', 'metadata', 'headers', 'detail', 'parameters'];
  return firstGiven(inner, (name) => retryAfterInBody(fields[name], depth + 1));
}

/** The same from the words of a message. */
export function retryAfterInWords(text: string): number | null {
  const asked =
    /(?:try again|retry|wait)[^.\d]{0,40}?(?:in|after|for)?\s*((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)(?![a-z])\s*)+)/i.exec(
      text,
    );
  if (!asked) return null;
  const parts = [...(asked[1] ?? '').matchAll(/(\d+(?:\.\d+)?)\s*(ms|mil|s|m|h)/gi)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitMs[unit?.toLowerCase() ?? ''] ?? 0),
    0,
  );
}

const unitMs: Record<string, number> = { ms: 1, mil: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationOf(value: unknown, unit: number): number | null {
  if (typeof value === 'number') return value >= 0 && Number.isFinite(value) ? value * unit : null;
  if (typeof value === 'string') {
    const [, count, own] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*$/.exec(value) ?? [];
    return count === undefined ? null : Number(count) * (own === undefined ? unit : (unitMs[own] ?? unit));
  }
  if (typeof value !== 'object' || value === null) return null;
  const { seconds, nanos } = value as Record<string, unknown>;
  if (seconds === undefined && nanos === undefined) return null;
  return Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1_000_000;
}

function firstGiven<Item>(items: readonly Item[], read: (item: Item) => number | null): number | null {
  for (const item of items) {
    const found = read(item);
    if (found !== null) return found;
  }
  return null;
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const source = headers as HeadersLike;
  const value =
    typeof source.get === 'function' ? source.get(name) : (source as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
