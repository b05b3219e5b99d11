import { expect, test } from 'vitest';
import { type CallLimit, createCallLimit } from '../../src/batch/provider-pace.ts';

function answer(limit: CallLimit, times: number, firstTokenMs: number, isFull = false): number {
  for (let call = 0; call < times; call++) limit.answered(firstTokenMs, isFull);
  return limit.calls;
}

test('the limit begins no higher than its most', () => {
  expect(createCallLimit({ first: 20, most: 5 }).calls).toBe(5);
  expect(createCallLimit({ first: 5, most: 20 }).calls).toBe(5);
});

test('each answer adds one call until the first refusal, and one call a round after it', () => {
  const limit = createCallLimit({ first: 4, most: 100 });
  expect(answer(limit, 1, 100, true)).toBe(5);
  expect(answer(limit, 5, 100, true)).toBe(10);
  limit.refused(0, 1);
  expect(limit.calls).toBe(7);
  expect(answer(limit, 7, 100, true)).toBe(7);
  expect(answer(limit, 1, 100, true)).toBe(8);
});

test('a refusal counts anew for a call that began when the limit was cut, not for one that began before', () => {
  const limit = createCallLimit({ first: 100, most: 100 });
  expect(limit.refused(0, 50)).toBe(true);
  expect(limit.refused(49, 60)).toBe(false);
  expect(limit.calls).toBe(70);
  expect(limit.refused(50, 60)).toBe(true);
  expect(limit.calls).toBe(49);
});

test('latency is looked at over 16 answers, or as many as are under way where those are more', () => {
  for (const { calls, after } of [
    { calls: 10, after: 16 },
    { calls: 16, after: 16 },
    { calls: 20, after: 20 },
  ]) {
    const limit = createCallLimit({ first: calls, most: calls });
    answer(limit, after, 100);
    expect(answer(limit, after - 1, 5000)).toBe(calls);
    expect(answer(limit, 1, 5000)).toBe(Math.floor(0.9 * calls));
  }
});

// The usual may rise by a twentieth from one look to the next: 400 ms to 420, 100 ms to 105.
test.each([
  { usual: 400, now: 840, shrinks: false },
  { usual: 400, now: 840.05, shrinks: true },
  { usual: 100, now: 505, shrinks: false },
  { usual: 100, now: 505.1, shrinks: true },
  { usual: 1000, now: 2000, shrinks: false },
  { usual: 100, now: 400, shrinks: false },
])(
  'first tokens after $now ms where $usual ms are usual shrink the limit: $shrinks',
  ({ usual, now, shrinks }) => {
    const limit = createCallLimit({ first: 10, most: 10 });
    answer(limit, 16, usual);
    expect(answer(limit, 16, now)).toBe(shrinks ? 9 : 10);
  },
);

test('what is usual falls at once and rises by a twentieth a look', () => {
  const fallen = createCallLimit({ first: 10, most: 10 });
  answer(fallen, 16, 1000);
  answer(fallen, 16, 100);
  expect(answer(fallen, 16, 600)).toBe(9);
  const risen = createCallLimit({ first: 10, most: 10 });
  for (let look = 0; look <= 20; look++) answer(risen, 16, 500 * 1.05 ** look);
  expect(risen.calls).toBe(10);
  expect(answer(risen, 16, 2500)).toBe(10);
});
