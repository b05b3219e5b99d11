import { expect, test } from 'vitest';
import { resetOf, retryAfterInWords, retryAfterOf } from '../../src/models/retry.ts';

const now = Date.parse('2026-11-01T12:00:00Z');

test.each([
  [{ 'retry-after': '20' }, 20_000],
  [{ 'retry-after': '1.5' }, 1_500],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after-ms': '750' }, 750],
  [{ 'retry-after': 'Sun, 01 Nov 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sun, 01 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': '' }, null],
  [{ 'retry-after-ms': 'x', 'retry-after': '2' }, 2_000],
  [{}, null],
  [undefined, null],
] as const)('%j asks for %s ms', (headers, milliseconds) => {
  expect(retryAfterOf(headers, now)).toBe(milliseconds);
});

test.each([
  [{ 'x-ratelimit-reset-requests': '4s', 'x-ratelimit-remaining-requests': '0' }, 4_000],
  [{ 'x-ratelimit-reset-tokens': '1m2.5s', 'x-ratelimit-reset-requests': '1s' }, 62_500],
  [{ 'x-ratelimit-reset-requests': '1h', 'x-ratelimit-remaining-requests': '9' }, null],
  [{ 'X-RateLimit-Reset': String(now + 5_000) }, 5_000],
  [{ 'x-ratelimit-reset': String(now / 1000 + 7) }, 7_000],
  [{ 'retry-after': '3' }, null],
] as const)('%j says that what is used up is there again in %s ms', (headers, milliseconds) => {
  expect(resetOf(headers, now)).toBe(milliseconds);
});

test.each([
  ['Please try again in 1m2.5s.', 62_500],
  ['Please try again in 250ms', 250],
  ['You can retry in 7.5 s', 7_500],
  ['Wait 1 minute and 30 seconds before retrying', 90_000],
  ['Try again in 00:00:12', 12_000],
  ['请求过于频繁，请在 5 秒后重试', 5_000],
  ['Try again in 23h5m', 83_100_000],
  ['Rate limit reached for 20 requests', null],
])('the words %j ask for %s ms', (words, milliseconds) => {
  expect(retryAfterInWords(words)).toBe(milliseconds);
});
