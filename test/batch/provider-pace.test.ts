import { describe, expect, test } from 'vitest';
import { createAllowance, createLearnedPace, createStatedPace } from '../../src/batch/provider-pace.ts';

const minute = 60_000;

describe('an allowance', () => {
  test('begins with what is waited for, and refills at its rate', () => {
    const allowance = createAllowance(6000, 0, 1);
    expect(allowance.wait(0)).toBe(0);
    allowance.take(1, 0);
    expect(allowance.wait(0)).toBe(10);
    expect(allowance.wait(4)).toBe(6);
    expect(allowance.wait(10)).toBe(0);
  });

  test.each([
    { saved: undefined, most: 100 },
    { saved: 250, most: 25 },
  ])('of 100 a second saves up $most at most', ({ saved, most }) => {
    const allowance = createAllowance(6000, 0, 1, saved);
    allowance.take(most - 1, 10_000);
    expect(allowance.wait(10_000)).toBe(0);
    allowance.take(1, 10_000);
    expect(allowance.wait(10_000)).toBe(10);
  });

  test('of six a minute saves up one', () => {
    const allowance = createAllowance(6, 0, 1);
    allowance.take(1, 5 * minute);
    expect(allowance.wait(5 * minute)).toBe(10_000);
  });

  test('refills at the old rate up to the moment it gets a new one', () => {
    const allowance = createAllowance(6000, 0, 1);
    allowance.take(1, 0);
    allowance.setRate(600, 5);
    expect(allowance.wait(5)).toBe(50);
  });
});

describe('the stated pace', () => {
  const requests = (limit: number, remaining: number, resetMs: number | null) => ({
    requests: { limit, remaining, resetMs },
    tokens: null,
  });
  const tokens = (limit: number, remaining: number, resetMs: number | null) => ({
    requests: null,
    tokens: { limit, remaining, resetMs },
  });

  test('is 99 % of what is stated', () => {
    const pace = createStatedPace();
    pace.told(requests(600, 599, 100), 0);
    expect(pace.wait(0)).toBe(0);
    pace.started(100, 0);
    expect(pace.wait(0)).toBe(102);
  });

  test('saves up a quarter of a second', () => {
    const pace = createStatedPace();
    pace.told(requests(6000, 5999, 10), 0);
    for (let call = 0; call < 24; call++) pace.started(1, 10_000);
    // 24.75 were saved: 0.25 are missing, at 0.099 a millisecond.
    expect(pace.wait(10_000)).toBe(3);
  });

  test('follows a limit that changes, keeping what was taken', () => {
    const pace = createStatedPace();
    pace.told(requests(600, 599, 100), 0);
    pace.started(1, 0);
    pace.told(requests(60, 59, 100), 0);
    expect(pace.wait(0)).toBe(1011);
  });

  test.each([
    { resetMs: 63_000, wait: 102 },
    { resetMs: 63_001, wait: 0 },
    { resetMs: null, wait: 102 },
  ])('waits $wait ms after a call where all is there again in $resetMs ms', ({ resetMs, wait }) => {
    const pace = createStatedPace();
    pace.told(requests(600, 599, resetMs), 0);
    pace.started(1, 0);
    expect(pace.wait(0)).toBe(wait);
  });

  // Within a twentieth of a minute from a whole one, an empty limit is a bucket that drips.
  test.each([
    { resetMs: 20_000, wait: 20_000 },
    { resetMs: 57_000, wait: 57_000 },
    { resetMs: 57_001, wait: 100 },
    { resetMs: 62_999, wait: 100 },
    { resetMs: 63_000, wait: 63_000 },
    { resetMs: null, wait: 100 },
  ])('waits $wait ms where nothing is left and all is there again in $resetMs ms', ({ resetMs, wait }) => {
    for (const stated of [requests(600, 0, resetMs), tokens(600, 0, resetMs)]) {
      const pace = createStatedPace();
      pace.told(stated, 1000);
      expect(pace.wait(1000)).toBe(wait);
      expect(pace.wait(1000 + wait)).toBe(0);
    }
  });

  test('waits for nothing while one request is left', () => {
    const pace = createStatedPace();
    pace.told(requests(600, 1, 20_000), 0);
    expect(pace.wait(0)).toBe(0);
  });

  test('keeps the longest wait that was stated', () => {
    const pace = createStatedPace();
    pace.told(requests(600, 0, 20_000), 0);
    pace.told(tokens(60_000, 0, 5000), 1000);
    expect(pace.wait(1000)).toBe(19_000);
  });

  test('pays off a debt of tokens before the next call', () => {
    const pace = createStatedPace();
    pace.told(tokens(6000, 5000, 10_000), 0);
    pace.started(99, 0);
    expect(pace.wait(0)).toBe(1000);
    pace.corrected(99, 0);
    expect(pace.wait(0)).toBe(2000);
  });

  test('is no limit where nothing was stated', () => {
    const pace = createStatedPace();
    pace.started(1_000_000, 0);
    pace.corrected(1, 0);
    expect(pace.wait(0)).toBe(0);
    expect(pace.wait(5000)).toBe(0);
  });
});

describe('the learned pace', () => {
  /** Refused at 4 seconds, after 20 answers: 300 a minute. */
  function refusedOnce() {
    const pace = createLearnedPace();
    for (let call = 0; call < 20; call++) pace.started(10_000);
    for (let call = 0; call < 20; call++) pace.answered(10_000 + 200 * call);
    pace.refused(14_000);
    return pace;
  }

  test('is what was answered in the minute before, or a second where there was less', () => {
    expect(refusedOnce().perMinute).toBe(300);
    const atOnce = createLearnedPace();
    atOnce.started(0);
    for (let call = 0; call < 10; call++) atOnce.answered(50 * call);
    atOnce.refused(500);
    expect(atOnce.perMinute).toBe(600);
    const long = createLearnedPace();
    long.started(0);
    for (let now = 0; now <= 2 * minute; now += 200) long.answered(now);
    long.refused(2 * minute);
    expect(long.perMinute).toBe(300);
  });

  test('is one a minute where nothing was answered, and never less', () => {
    const pace = createLearnedPace();
    pace.started(0);
    pace.refused(0);
    expect(pace.perMinute).toBe(1);
    pace.refused(0);
    expect(pace.perMinute).toBe(1);
    expect(pace.wait(0)).toBe(0);
    pace.started(0);
    expect(pace.wait(0)).toBe(minute);
  });

  test('counts no calls from before it was learned, and lets a second of it through at once', () => {
    const pace = refusedOnce();
    for (let call = 0; call < 5; call++) {
      expect(pace.wait(20_000)).toBe(0);
      pace.started(20_000);
    }
    expect(pace.wait(20_000)).toBe(200);
  });

  test('rises every five seconds, by steps that double up to a half', () => {
    const pace = refusedOnce();
    let [now, expected] = [14_000, 300];
    for (const step of [0.02, 0.04, 0.08, 0.16, 0.32, 0.5, 0.5]) {
      pace.answered(now + 4999);
      expect(pace.perMinute).toBeCloseTo(expected, 6);
      now += 5000;
      expected *= 1 + step;
      pace.answered(now);
      expect(pace.perMinute).toBeCloseTo(expected, 6);
    }
  });

  test('falls by 3 % where it held for a while, and to what was answered where it did not', () => {
    const pace = refusedOnce();
    pace.answered(19_000);
    pace.answered(24_000);
    expect(pace.perMinute).toBeCloseTo(300 * 1.02 * 1.04, 6);
    pace.refused(24_001);
    const proven = 300 * 1.02 * 1.04 * 0.97;
    expect(pace.perMinute).toBeCloseTo(proven, 6);
    pace.refused(24_002);
    // 22 answers since 10 seconds.
    expect(pace.perMinute).toBeCloseTo((22 / 14_002) * minute, 6);
    pace.answered(29_002);
    expect(pace.perMinute).toBeCloseTo((22 / 14_002) * minute * 1.02, 6);
  });

  test('falls by 3 % at least with every refusal', () => {
    const pace = refusedOnce();
    for (let call = 0; call < 200; call++) pace.answered(14_001);
    pace.refused(14_002);
    expect(pace.perMinute).toBeCloseTo(291, 6);
  });
});
