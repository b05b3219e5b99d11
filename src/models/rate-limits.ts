import { waitUntil } from './retry.ts';

/** What a provider says in a reply's headers about one of its limits. */
export interface StatedLimit {
  /** Of a whole window, usually a minute. */
  limit: number;
  /** Left after this reply. */
  remaining: number;
  /** Milliseconds until all of the limit is there again; null where it does not say. */
  resetMs: number | null;
}

export interface StatedLimits {
  requests: StatedLimit | null;
  tokens: StatedLimit | null;
}

/** The names of a limit's three headers, by provider; the first that is there counts. */
const headers = {
  requests: [
    ['x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
    [
      'anthropic-ratelimit-requests-limit',
      'anthropic-ratelimit-requests-remaining',
      'anthropic-ratelimit-requests-reset',
    ],
  ],
  tokens: [
    ['x-ratelimit-limit-tokens', 'x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
    [
      'anthropic-ratelimit-tokens-limit',
      'anthropic-ratelimit-tokens-remaining',
      'anthropic-ratelimit-tokens-reset',
    ],
  ],
} as const;

/** Reads the limits that OpenAI, Anthropic and those who follow them state; null where there are none. */
export function statedLimits(from: Pick<Headers, 'get'>, now: number): StatedLimits | null {
  const read = (names: (typeof headers)['requests' | 'tokens']) => {
    for (const [limit, remaining, reset] of names) {
      const stated = limitOf(from.get(limit), from.get(remaining), from.get(reset), now);
      if (stated) return stated;
    }
    return null;
  };
  const limits = { requests: read(headers.requests), tokens: read(headers.tokens) };
  return limits.requests || limits.tokens ? limits : null;
}

function limitOf(
  limitText: string | null,
  remainingText: string | null,
  reset: string | null,
  now: number,
): StatedLimit | null {
  const [limit, remaining] = [countOf(limitText), countOf(remainingText)];
  if (limit === null || limit === 0 || remaining === null) return null;
  return { limit, remaining, resetMs: reset === null ? null : waitUntil(reset, now) };
}

function countOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null;
}
