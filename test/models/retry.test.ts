import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryWait } from '../../src/models/retry.ts';

const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });

test('no wait is ever shorter than what the server asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.double({ min: 0, max: 1e7, noNaN: true }),
      chance,
      (attempt, asked, draw) => {
        expect(retryWait(attempt, asked, () => draw)).toBeGreaterThanOrEqual(asked);
      },
    ),
  );
});

test('callers who were told the same time come back at different ones', () => {
  expect(retryWait(1, 5_000, () => 0)).not.toBe(retryWait(1, 5_000, () => 0.9));
});

test('waits without a word from the server double, up to half a minute', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 20].map((attempt) => retryWait(attempt, null, () => 1));
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});
