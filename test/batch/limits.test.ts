import { describe, expect, test } from 'vitest';
import { createSpending } from '../../src/batch/funding.ts';
import {
  createAllowance,
  createCallLimit,
  createLearnedPace,
  createStatedPace,
} from '../../src/batch/provider-pace.ts';
import { createRateLimiter } from '../../src/batch/rate-limiter.ts';
import { isSettled, type StepClock, stepClock } from './step-clock.ts';

const minute = 60_000;

describe('calls at once', () => {
  test('grow while the limit is what holds others back, and only then', () => {
    const limit = createCallLimit({ first: 4, most: 10 });
    for (let call = 0; call < 20; call++) limit.answered(100, false);
    expect(limit.calls).toBe(4);
    for (let call = 0; call < 20; call++) limit.answered(100, true);
    expect(limit.calls).toBe(10);
  });

  test('shrink once for all refusals of calls that were under way together, and never below one', () => {
    const limit = createCallLimit({ first: 10, most: 10 });
    expect(limit.refused(0, 50)).toBe(true);
    expect(limit.refused(10, 60)).toBe(false);
    expect(limit.calls).toBe(7);
    for (let time = 100; time < 2000; time += 10) limit.refused(time, time);
    expect(limit.calls).toBe(1);
  });

  test('shrink when first tokens take far longer than they used to', () => {
    const limit = createCallLimit({ first: 16, most: 16 });
    for (let call = 0; call < 16; call++) limit.answered(300, true);
    expect(limit.calls).toBe(16);
    for (let call = 0; call < 16; call++) limit.answered(1500, true);
    expect(limit.calls).toBe(14);
  });
});

describe('an allowance', () => {
  test('gives out so many a minute, evenly, however it is asked', () => {
    const allowance = createAllowance(600, 0, 1);
    let taken = 0;
    for (let now = 0; now < minute; now += 7) {
      if (allowance.wait(now) > 0) continue;
      allowance.take(1, now);
      taken += 1;
    }
    expect(taken).toBeGreaterThan(590);
    expect(taken).toBeLessThanOrEqual(601);
  });

  test('lets one large request pass and makes the next ones wait until it is paid off', () => {
    const allowance = createAllowance(6000, 0, 0);
    expect(allowance.wait(0)).toBe(0);
    allowance.take(1000, 0);
    expect(allowance.wait(0)).toBe(10_000);
    allowance.take(-500, 0);
    expect(allowance.wait(0)).toBe(5000);
  });
});

describe('the learned pace', () => {
  test('is no limit before the first refusal, then what was taken in the minute before', () => {
    const pace = createLearnedPace();
    for (let now = 0; now <= 2 * minute; now += 200) {
      expect(pace.wait(now)).toBe(0);
      pace.started(now);
      pace.answered(now);
    }
    pace.refused(2 * minute);
    expect(pace.perMinute).toBeGreaterThan(290);
    expect(pace.perMinute).toBeLessThanOrEqual(301);
  });

  test('rises again while nothing is refused', () => {
    const pace = createLearnedPace();
    for (let now = 0; now < minute; now += 200) pace.answered(now);
    pace.refused(minute);
    const before = pace.perMinute ?? 0;
    for (let now = minute; now < 2 * minute; now += 200) pace.answered(now);
    expect(pace.perMinute).toBeGreaterThan(before * 1.2);
  });
});

describe('the stated pace', () => {
  const limit = (remaining: number, resetMs: number) => ({
    requests: { limit: 600, remaining, resetMs },
    tokens: null,
  });

  test('is no limit before anything is stated, then that of the headers', () => {
    const pace = createStatedPace();
    expect(pace.wait(0)).toBe(0);
    pace.told(limit(599, 100), 0);
    let started = 0;
    for (let now = 0; now < minute; now += 7) {
      if (pace.wait(now) > 0) continue;
      pace.started(100, now);
      started += 1;
    }
    expect(started).toBeGreaterThan(585);
    expect(started).toBeLessThan(600);
  });

  test('waits for the end of a window that is used up, and for one drop of a bucket', () => {
    const window = createStatedPace();
    window.told(limit(0, 20_000), 0);
    expect(window.wait(0)).toBe(20_000);
    const bucket = createStatedPace();
    bucket.told(limit(0, 60_000), 0);
    expect(bucket.wait(0)).toBe(100);
  });

  test('does not take a limit of a day for one of a minute', () => {
    const pace = createStatedPace();
    pace.told(limit(599, 144_000), 0);
    for (let call = 0; call < 100; call++) pace.started(100, 0);
    expect(pace.wait(0)).toBe(0);
  });

  test('counts tokens as they were used, not as they were supposed', () => {
    const pace = createStatedPace();
    pace.told({ requests: null, tokens: { limit: 60_000, remaining: 60_000, resetMs: 0 } }, 0);
    pace.started(10_000, 0);
    const supposed = pace.wait(0);
    pace.corrected(-5000, 0);
    expect(pace.wait(0)).toBeLessThan(supposed / 1.9);
  });
});

describe('a limiter', () => {
  function limiterOf(clock: StepClock, calls: number, tokensPerMinute: number | null = null) {
    return createRateLimiter({
      name: 'openai',
      clock,
      firstCalls: calls,
      mostCalls: calls,
      requestsPerMinute: null,
      tokensPerMinute,
      onChange: () => {},
    });
  }

  test('waits as long as a refusal asks, then goes on', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 2);
    (await limiter.admission(1))?.refused(5000);
    const next = limiter.admission(1);
    expect(await isSettled(next)).toBe(false);
    await clock.pass(4999);
    expect(await isSettled(next)).toBe(false);
    await clock.pass(1);
    expect(await isSettled(next)).toBe(true);
    expect(limiter.refusals).toBe(1);
  });

  test('gives nothing to a call that is not wanted any more, and loses no place by it', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 1);
    const first = await limiter.admission(1);
    const abort = new AbortController();
    const second = limiter.admission(1, abort.signal);
    const third = limiter.admission(1);
    abort.abort();
    expect(await second).toBeNull();
    first?.answered(10);
    first?.ended();
    expect(await isSettled(third)).toBe(true);
    expect(limiter.underWay).toBe(1);
  });

  test('holds back one model at its stated limit, and not another', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 8);
    limiter.told('openai:small', { requests: { limit: 60, remaining: 0, resetMs: 5000 }, tokens: null });
    const small = limiter.admission(1, undefined, 'openai:small');
    const large = limiter.admission(1, undefined, 'openai:large');
    expect(await isSettled(small)).toBe(false);
    expect(await isSettled(large)).toBe(true);
    await clock.pass(5000);
    expect(await isSettled(small)).toBe(true);
  });

  test('tells for how long nothing may begin, and why its limit last fell', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 10);
    const permits = await Promise.all([limiter.admission(1), limiter.admission(1)]);
    expect(limiter.fall).toBeNull();
    await clock.pass(100);
    for (const permit of permits) permit?.refused(5000);
    expect(limiter.fall).toEqual({ why: 'refused', from: 10, to: 7, at: 100 });
    expect(limiter.heldMs).toBe(5000);
    await clock.pass(5000);
    expect(limiter.heldMs).toBe(0);
    const answer = async (milliseconds: number) => {
      const permit = await limiter.admission(1);
      await clock.pass(milliseconds);
      permit?.answered(1);
    };
    for (let call = 0; call < 16; call++) await answer(100);
    for (let call = 0; call < 16; call++) await answer(2000);
    expect(limiter.fall).toMatchObject({ why: 'slower', from: 7, to: 6 });
  });

  test.each([
    { used: 400, milliseconds: 4000 },
    { used: 1000, milliseconds: 10_000 },
    { used: 1500, milliseconds: 15_000 },
    { used: null, milliseconds: 10_000 },
  ])(
    'of 6,000 tokens a minute a call of $used tokens, estimated at 1,000, takes $milliseconds ms',
    async ({ used, milliseconds }) => {
      const limiter = limiterOf(stepClock(), 2, 6000);
      (await limiter.admission(1000))?.answered(used);
      expect(limiter.heldMs).toBe(milliseconds);
    },
  );

  test('a call that was refused gives its tokens back, one that was cut short does not', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 10, 6000);
    (await limiter.admission(1000))?.refused(0);
    expect(limiter.heldMs).toBe(0);
    (await limiter.admission(1000))?.ended();
    expect(limiter.heldMs).toBe(10_000);
  });

  test('settles the tokens of a call against the limit that was stated for its model', async () => {
    const clock = stepClock();
    const limiter = limiterOf(clock, 8);
    const stated = { limit: 6000, remaining: 5000, resetMs: 10_000 };
    limiter.told('openai:small', { requests: null, tokens: stated });
    // A little less than what is stated is asked for: 99 tokens a second.
    const wait = async (used: number) => {
      (await limiter.admission(990, undefined, 'openai:small'))?.answered(used);
      const next = limiter.admission(1, undefined, 'openai:small');
      let waited = 0;
      for (; !(await isSettled(next)); waited += 500) await clock.pass(500);
      (await next)?.ended();
      await clock.pass(60_000);
      return waited;
    };
    expect(await wait(990)).toBeGreaterThanOrEqual(9000);
    expect(await wait(990)).toBeLessThanOrEqual(10_500);
    expect(await wait(99)).toBeLessThanOrEqual(1500);
    expect(await wait(1980)).toBeGreaterThanOrEqual(19_000);
  });

  test('lets nothing begin once it is shut', async () => {
    const limiter = limiterOf(stepClock(), 2);
    const first = await limiter.admission(1);
    limiter.shut();
    const second = limiter.admission(1);
    first?.answered(null);
    expect(await isSettled(second)).toBe(false);
    expect(limiter.underWay).toBe(0);
  });
});

test('a budget is used up by what earlier runs and failed attempts used, too', () => {
  const spending = createSpending({ usd: 1, tokens: null });
  spending.add({ usd: 0.6, tokens: 100, unpricedCalls: 0 });
  expect(spending.usedUp()).toBeNull();
  spending.addEvent({
    type: 'attempt-failed',
    purpose: 'speak',
    speaker: 'moderator',
    round: 1,
    attempt: 1,
    reason: 'incomplete',
    message: '',
    retryInMs: null,
    usage: { inputTokens: 10, outputTokens: 5, cachedTokens: 0, estimated: false },
    costUsd: 0.4,
  });
  expect(spending.usedUp()).toContain('$1');
  expect(spending.tokens).toBe(115);
});

test('answers off the record count against a budget like all others', () => {
  const spending = createSpending({ usd: null, tokens: 15 });
  spending.addEvent({
    type: 'poll-answered',
    round: 1,
    persona: 'ann',
    outcome: 'read',
    failure: '',
    positions: [],
    model: 'openai:scripted',
    attempts: 1,
    usage: { inputTokens: 10, outputTokens: 5, cachedTokens: 0, estimated: false },
    costUsd: null,
    timing: { firstTokenMs: null, totalMs: 1 },
    promptHash: '0'.repeat(64),
  });
  expect(spending.usedUp()).toContain('15 tokens');
  expect(spending.unpricedCalls).toBe(1);
});
