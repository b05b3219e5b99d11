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
  return waitUntil(headerOf(headers, 'retry-after') ?? headerOf(headers, 'x-retry-after') ?? '', now);
}

/** Milliseconds until the limits that are used up are reset, as the headers of a 429 may say; null where they do not. */
export function resetOf(headers: unknown, now: number): number | null {
  const waits = resetHeaders
    .filter((name) => Number(headerOf(headers, name.replace(/reset(-after)?/, 'remaining')) ?? 0) === 0)
    .map((name) => waitUntil(headerOf(headers, name) ?? '', now));
  // In one header of fields, as the drafts of the IETF have it: "default";r=0;t=4, or limit=9, remaining=0, reset=4.
  const [, joined = ''] = /\b(?:t|reset)=(\d+)/.exec(headerOf(headers, 'ratelimit') ?? '') ?? [];
  const known = [...waits, waitUntil(joined, now)].filter((wait) => wait !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Each stands beside one that says how much remains, which is 0 where it counts. */
const resetHeaders = [
  ...['x-ratelimit-reset-requests', 'x-ratelimit-reset-tokens', 'x-ratelimit-reset', 'x-rate-limit-reset'],
  ...['x-ratelimit-reset-after', 'ratelimit-reset'],
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(
    (what) => `anthropic-ratelimit-${what}-reset`,
  ),
];

/** Milliseconds until a time: seconds from now, seconds or milliseconds since 1970, 1m2.5s, or a date; null for anything else. */
export function waitUntil(given: string, now: number): number | null {
  const text = given.trim();
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number > 1e12) return Math.max(0, number - now);
  if (number > 1e9) return Math.max(0, number * 1000 - now);
  if (number >= 0) return number * 1000;
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return sumOfParts(text);
  // All three forms of an HTTP date begin with the day of the week; Date.parse would also read a mere "-5" as one.
  const date = /^[A-Z][a-z]{2}|^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
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
  const within = (item: unknown) => retryAfterInBody(item, depth + 1);
  if (Array.isArray(body)) return firstGiven(body.slice(0, 20), within);
  if (typeof body !== 'object' || body === null || depth > 6) return null;
  const fields = body as Record<string, unknown>;
  const stated = firstGiven(bodyFields, ([name, unit]) => durationOf(fields[name], unit));
  if (stated !== null) return stated;
  const inner = ['error', 'details', 'metadata', 'headers', 'detail', 'parameters'];
  return firstGiven(inner, (name) => within(fields[name]));
}

const unitWords =
  '(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(?![a-z])|毫秒|秒|分钟|分|小时';
const asked = new RegExp(
  String.raw`(?:try again|retry|wait|available|reset|请|重试)[^.\d]{0,40}?((?:\d+(?:\.\d+)?\s*(?:${unitWords})(?:\s*(?:,|and)?\s*(?=\d))?)+|\d{1,2}:\d\d(?::\d\d)?)`,
  'i',
);

/** The same from the words of a message. */
export function retryAfterInWords(text: string): number | null {
  const found = asked.exec(text)?.[1];
  if (found === undefined) return null;
  if (!found.includes(':')) return sumOfParts(found);
  return found.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
}

const unitMs: Record<string, number> = {
  ...{
    ms: 1,
    mil: 1,
    毫: 1,
    s: 1000,
    秒: 1000,
    m: 60_000,
    分: 60_000,
    h: 3_600_000,
    小: 3_600_000,
    d: 86_400_000,
  },
};

function sumOfParts(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|mil|[smhd毫秒分小])/gi)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitMs[unit?.toLowerCase() ?? ''] ?? 0),
    0,
  );
}

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
  if (typeof source.get !== 'function') {
    const own = Object.entries(source).find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof own === 'number' ? String(own) : typeof own === 'string' ? own : undefined;
  }
  const value = source.get(name);
  return typeof value === 'string' ? value : undefined;
}
