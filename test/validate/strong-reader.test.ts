import { expect, test } from 'vitest';
import { strongReading } from '../../bench/validate/strong-reader.ts';

test('the interval of a strong reader that was never validated holds the truth in 85 to 97% of held-out transcripts, and is at most 0.10 wide in the mean', () => {
  const { held, width, indexError } = strongReading(20);
  // As a strong model was measured: C off by about 0.02.
  expect(indexError).toBeGreaterThan(0.015);
  expect(indexError).toBeLessThan(0.03);
  expect(held).toBeGreaterThanOrEqual(0.85);
  expect(held).toBeLessThanOrEqual(0.97);
  expect(width).toBeLessThanOrEqual(0.1);
});
