import { expect, test } from 'vitest';
import { statedLimits } from '../../src/models/rate-limits.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const read = (headers: Record<string, string>) => statedLimits(new Headers(headers), now);

test('reads the limits that OpenAI states, with its own way of writing times', () => {
  const stated = read({
    'x-ratelimit-limit-requests': '600',
    'x-ratelimit-remaining-requests': '599',
    'x-ratelimit-reset-requests': '100ms',
    'x-ratelimit-limit-tokens': '150000',
    'x-ratelimit-remaining-tokens': '0',
    'x-ratelimit-reset-tokens': '6m0.5s',
  });
  expect(stated?.requests).toEqual({ limit: 600, remaining: 599, resetMs: 100 });
  expect(stated?.tokens).toEqual({ limit: 150_000, remaining: 0, resetMs: 360_500 });
});

test('reads the limits that Anthropic states, with dates', () => {
  const stated = read({
    'anthropic-ratelimit-requests-limit': '50',
    'anthropic-ratelimit-requests-remaining': '12',
    'anthropic-ratelimit-requests-reset': '2026-11-23T12:00:07Z',
  });
  expect(stated).toEqual({ requests: { limit: 50, remaining: 12, resetMs: 7000 }, tokens: null });
});

test.each([
  ['nothing', {}],
  ['a limit without what is left', { 'x-ratelimit-limit-requests': '600' }],
  ['words', { 'x-ratelimit-limit-requests': 'many', 'x-ratelimit-remaining-requests': 'some' }],
  ['a limit of nothing', { 'x-ratelimit-limit-requests': '0', 'x-ratelimit-remaining-requests': '0' }],
])('takes %s for no limit', (_, headers) => {
  expect(read(headers)).toBeNull();
});

test('takes a time it cannot read for none', () => {
  const headers = { 'x-ratelimit-limit-requests': '9', 'x-ratelimit-remaining-requests': '3' };
  expect(read({ ...headers, 'x-ratelimit-reset-requests': 'soon' })?.requests?.resetMs).toBeNull();
  expect(read(headers)?.requests?.resetMs).toBeNull();
});
