import { expect, test } from 'vitest';
import { retryAfterOf } from '../../src/models/retry.ts';

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
