import { describe, expect, test } from 'vitest';
import { createRateLimiter, type RateLimiterOptions } from '../../src/batch/rate-limiter.ts';
import { isSettled, stepClock } from './step-clock.ts';

function limiterWith(changes: Partial<RateLimiterOptions> = {}) {
  const clock = stepClock();
  let changed = 0;
  const limiter = createRateLimiter({
    name: 'openai',
    clock,
    firstCalls: 10,
    mostCalls: 10,
    requestsPerMinute: null,
    tokensPerMinute: null,
    onChange: () => void changed++,
    ...changes,
  });
  return { clock, limiter, changes: () => changed };
}

describe('admission', () => {
  test('is in the order of asking, and as many at once as the limit says', async () => {
    const { limiter } = limiterWith({ firstCalls: 2, mostCalls: 2 });
    expect(limiter).toMatchObject({
      name: 'openai',
      underWay: 0,
      waiting: 0,
      limit: 2,
      calls: 0,
      refusals: 0,
    });
    const [first, second, third, fourth] = [1, 1, 1, 1].map((tokens) => limiter.admission(tokens));
    expect(limiter).toMatchObject({ underWay: 2, waiting: 2, calls: 2 });
    (await second)?.answered(1);
    expect(await isSettled(third as Promise<unknown>)).toBe(true);
    expect(await isSettled(fourth as Promise<unknown>)).toBe(false);
    expect(limiter).toMatchObject({ underWay: 2, waiting: 1, calls: 3 });
    (await first)?.ended();
    expect(await isSettled(fourth as Promise<unknown>)).toBe(true);
  });

  test('gives null to a call that was aborted before it asked, and never counts it', async () => {
    const { limiter } = limiterWith();
    expect(await limiter.admission(1, AbortSignal.abort())).toBeNull();
    expect(limiter).toMatchObject({ underWay: 0, waiting: 0, calls: 0 });
  });

  test('leaves a call alone that was aborted after it was let in', async () => {
    const { limiter } = limiterWith();
    const abort = new AbortController();
    const permit = await limiter.admission(1, abort.signal);
    abort.abort();
    expect(limiter.underWay).toBe(1);
    permit?.ended();
    expect(limiter.underWay).toBe(0);
  });

  test('reports a change when a call must wait and when one is over, and not when one begins at once', async () => {
    const { limiter, changes } = limiterWith({ firstCalls: 1, mostCalls: 1 });
    const permit = await limiter.admission(1);
    expect(changes()).toBe(0);
    void limiter.admission(1);
    expect(changes()).toBe(1);
    permit?.answered(1);
    expect(changes()).toBe(2);
  });

  test('counts only the first way in which a call ends', async () => {
    const { limiter, changes } = limiterWith();
    const permit = await limiter.admission(1);
    permit?.answered(1);
    permit?.refused(1000);
    permit?.ended();
    expect(limiter).toMatchObject({ underWay: 0, refusals: 0, heldMs: 0 });
    expect(changes()).toBe(1);
  });

  test('stops while it is paused, and goes on by itself after', async () => {
    const { limiter } = limiterWith();
    limiter.pause(true);
    const call = limiter.admission(1);
    expect(await isSettled(call)).toBe(false);
    limiter.pause(true);
    expect(await isSettled(call)).toBe(false);
    limiter.pause(false);
    expect(await isSettled(call)).toBe(true);
  });

  test('is held for no time once it is shut, since no time would help', async () => {
    const { limiter } = limiterWith();
    (await limiter.admission(1))?.refused(5000);
    expect(limiter.heldMs).toBe(5000);
    limiter.shut();
    expect(limiter.heldMs).toBe(0);
  });
});

describe('limits a minute', () => {
  test('spread requests evenly and wake those that wait', async () => {
    const { clock, limiter } = limiterWith({ requestsPerMinute: 60 });
    const calls = [1, 2, 3].map((tokens) => limiter.admission(tokens));
    expect(limiter).toMatchObject({ underWay: 1, heldMs: 1000 });
    await clock.pass(999);
    expect(limiter.underWay).toBe(1);
    await clock.pass(1);
    expect(limiter.underWay).toBe(2);
    await clock.pass(1000);
    expect(limiter.underWay).toBe(3);
    expect(await isSettled(calls[2] as Promise<unknown>)).toBe(true);
  });

  test('let one call of any size pass, whose tokens the next ones wait for', async () => {
    const { clock, limiter } = limiterWith({ tokensPerMinute: 6000 });
    await limiter.admission(1000);
    void limiter.admission(1);
    expect(limiter).toMatchObject({ underWay: 1, heldMs: 10_000 });
    await clock.pass(10_000);
    expect(limiter.underWay).toBe(2);
  });

  test('sleep once for all that wait for the same time', async () => {
    const { clock, limiter } = limiterWith({ requestsPerMinute: 60 });
    for (let call = 0; call < 5; call++) void limiter.admission(1);
    expect(clock.sleeping).toBe(1);
    await clock.pass(1000);
    expect(clock.sleeping).toBe(1);
  });
});

describe('a refusal', () => {
  test('without a time is waited out for a quarter of a second, doubled while refusals follow, up to a minute', async () => {
    const { clock, limiter } = limiterWith({ firstCalls: 1000, mostCalls: 1000 });
    const waits: number[] = [];
    for (let call = 0; call < 10; call++) {
      (await limiter.admission(1))?.refused(null);
      waits.push(limiter.heldMs);
      await clock.pass(limiter.heldMs);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    (await limiter.admission(1))?.answered(1);
    (await limiter.admission(1))?.refused(null);
    expect(limiter.heldMs).toBe(250);
    expect(limiter.refusals).toBe(11);
  });

  test('never shortens a wait that was asked for before', async () => {
    const { clock, limiter } = limiterWith();
    const [first, second] = await Promise.all([limiter.admission(1), limiter.admission(1)]);
    first?.refused(5000);
    await clock.pass(1);
    second?.refused(100);
    expect(limiter.heldMs).toBe(4999);
    expect(limiter.refusals).toBe(2);
  });

  test('of calls that were under way together says nothing new the second time', async () => {
    const { clock, limiter } = limiterWith();
    const permits = await Promise.all([1, 1].map((tokens) => limiter.admission(tokens)));
    await clock.pass(10);
    permits[0]?.refused(100);
    permits[1]?.refused(9000);
    expect(limiter.heldMs).toBe(100);
    expect(limiter.fall).toEqual({ why: 'refused', from: 10, to: 7, at: 10 });
  });

  test.each([
    { limit: 5, paced: false },
    { limit: 4, paced: true },
    { limit: 1, paced: true },
  ])('at a limit of $limit calls at once is one of the pace: $paced', async ({ limit, paced }) => {
    const { clock, limiter } = limiterWith({ firstCalls: limit, mostCalls: limit });
    const permit = await limiter.admission(1);
    await clock.pass(1000);
    permit?.refused(0);
    // Nothing was answered yet, so that the pace is one a minute, and the first of it may begin now.
    (await limiter.admission(1))?.ended();
    expect(limiter.heldMs).toBe(paced ? 59_000 + 1000 : 0);
  });

  test('lowers the pace to what was answered', async () => {
    const { clock, limiter } = limiterWith({ firstCalls: 2, mostCalls: 2 });
    for (let call = 0; call < 10; call++) {
      const permit = await limiter.admission(1);
      await clock.pass(400);
      permit?.answered(1);
    }
    (await limiter.admission(1))?.refused(0);
    // 10 answers in 4 seconds: 2.5 a second, of which two are saved up.
    for (let call = 0; call < 2; call++) (await limiter.admission(1))?.ended();
    expect(limiter.heldMs).toBeGreaterThan(0);
    expect(limiter.heldMs).toBeLessThanOrEqual(400);
  });

  test('gives back the tokens that were counted for the model', async () => {
    const { clock, limiter } = limiterWith();
    limiter.told('small', { requests: null, tokens: { limit: 6000, remaining: 6000, resetMs: 0 } });
    (await limiter.admission(9900, undefined, 'small'))?.refused(0);
    expect(await isSettled(limiter.admission(990, undefined, 'small'))).toBe(true);
    const next = limiter.admission(1, undefined, 'small');
    await clock.pass(9999);
    expect(await isSettled(next)).toBe(false);
    await clock.pass(1);
    expect(await isSettled(next)).toBe(true);
  });
});

describe('the time to the first token', () => {
  test('runs to the first sign of the reply and not to the last, and to its end where there was none', async () => {
    for (const { signAfter, falls } of [
      { signAfter: 100, falls: false },
      { signAfter: 2000, falls: true },
      { signAfter: null, falls: true },
    ]) {
      const { clock, limiter } = limiterWith();
      const call = async (firstMs: number | null) => {
        const permit = await limiter.admission(1);
        await clock.pass(firstMs ?? 0);
        if (firstMs !== null) permit?.began();
        await clock.pass(3000 - (firstMs ?? 0));
        permit?.began();
        permit?.answered(1);
      };
      const quick = async () => {
        const permit = await limiter.admission(1);
        await clock.pass(100);
        permit?.answered(1);
      };
      for (let count = 0; count < 16; count++) await quick();
      for (let count = 0; count < 16; count++) await call(signAfter);
      expect(limiter.fall?.why ?? null).toBe(falls ? 'slower' : null);
    }
  });

  test('raises the limit only where all of it was in use', async () => {
    const { limiter } = limiterWith({ firstCalls: 2, mostCalls: 10 });
    (await limiter.admission(1))?.answered(1);
    expect(limiter.limit).toBe(2);
    const [first] = await Promise.all(
      [limiter.admission(1), limiter.admission(1), limiter.admission(1)].slice(0, 2),
    );
    first?.answered(1);
    expect(limiter.limit).toBe(3);
    expect(limiter.fall).toBeNull();
  });
});

describe('limits of models', () => {
  const empty = (resetMs: number) => ({ requests: { limit: 60, remaining: 0, resetMs }, tokens: null });

  test('hold back their own model, in whatever order it was asked for', async () => {
    const { clock, limiter } = limiterWith();
    limiter.told('small', empty(5000));
    limiter.told('middle', empty(2000));
    const calls = ['small', 'small', 'middle', 'large'].map((model) =>
      limiter.admission(1, undefined, model),
    );
    expect(limiter).toMatchObject({ underWay: 1, waiting: 3, heldMs: 0 });
    await clock.pass(2000);
    expect(await isSettled(calls[2] as Promise<unknown>)).toBe(true);
    expect(await isSettled(calls[0] as Promise<unknown>)).toBe(false);
    await clock.pass(3000);
    expect(await isSettled(calls[0] as Promise<unknown>)).toBe(true);
    // The second of them waits for its part of the minute.
    expect(await isSettled(calls[1] as Promise<unknown>)).toBe(false);
    await clock.pass(1011);
    expect(await isSettled(calls[1] as Promise<unknown>)).toBe(true);
  });

  test('add up over what is told of a model', async () => {
    const { clock, limiter } = limiterWith();
    limiter.told('small', empty(5000));
    limiter.told('small', empty(1000));
    const call = limiter.admission(1, undefined, 'small');
    await clock.pass(4999);
    expect(await isSettled(call)).toBe(false);
    await clock.pass(1);
    expect(await isSettled(call)).toBe(true);
  });
});
