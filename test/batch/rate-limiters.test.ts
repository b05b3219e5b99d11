import { describe, expect, test } from 'vitest';
import type { Gate } from '../../src/batch/gated-model.ts';
import { type CallLimits, createRateLimiters, createSemaphore } from '../../src/batch/rate-limiters.ts';
import type { ChatChunk, HeaderListener, ModelHandle } from '../../src/models/types.ts';
import { hello } from '../models/call.ts';
import { isSettled, stepClock } from './step-clock.ts';

const unlimited: CallLimits = { mostCalls: 100, requestsPerMinute: null, tokensPerMinute: null };

function limitersWith(limits: Partial<CallLimits> = {}) {
  const clock = stepClock();
  const limiters = createRateLimiters({ clock, limits: { ...unlimited, ...limits }, onChange: () => {} });
  return { clock, limiters };
}

async function* reply(tokens: number | null): AsyncGenerator<ChatChunk> {
  const plain = { response_metadata: {}, additional_kwargs: {} };
  yield { ...plain, text: 'hm' };
  if (tokens !== null)
    yield { ...plain, text: '', usage_metadata: { input_tokens: tokens - 1, output_tokens: 1 } };
}

function model(spec: string, changes: Partial<ModelHandle> = {}, tokens: number | null = null): ModelHandle {
  return {
    spec,
    simulated: spec === 'simulator',
    price: null,
    callOptions: () => ({}),
    chatModel: async () => ({ stream: async () => reply(tokens) }),
    ...changes,
  };
}

/** Makes one whole call. */
async function call(handle: ModelHandle): Promise<void> {
  const chunks = await (await handle.chatModel(hello)).stream([]);
  for await (const _ of chunks);
}

describe('rate limiters', () => {
  test('are one a provider, each with calls of its own', async () => {
    const { limiters } = limitersWith();
    for (const spec of ['openai:a', 'openai:b', 'ollama:a']) await call(limiters.limited(model(spec)));
    expect(limiters.all().map(({ name, calls }) => [name, calls])).toEqual([
      ['openai', 2],
      ['ollama', 1],
    ]);
  });

  test('make room for eight debates at first, and for the calls of all providers later', () => {
    expect(limitersWith({ mostCalls: 5 }).limiters.room()).toBe(5);
    const { limiters } = limitersWith();
    expect(limiters.room()).toBe(8);
    limiters.limited(model('openai:a'));
    limiters.limited(model('ollama:a'));
    expect(limiters.room()).toBe(16);
  });

  test('let a provider have more than eight calls at once as it answers, the simulator not', async () => {
    for (const { spec, most, limit } of [
      { spec: 'openai:a', most: 100, limit: 10 },
      { spec: 'simulator', most: 100, limit: 8 },
      { spec: 'simulator', most: 3, limit: 3 },
    ]) {
      const { limiters } = limitersWith({ mostCalls: most });
      const handle = limiters.limited(model(spec));
      const [limiter] = limiters.all();
      const first = limiter?.limit ?? 0;
      const chats = await Promise.all(Array.from({ length: first }, () => handle.chatModel(hello)));
      // Answered while the limit is reached again at once.
      const waiting = [handle.chatModel(hello), handle.chatModel(hello)];
      for await (const _ of (await chats[0]?.stream([])) ?? []);
      for await (const _ of (await chats[1]?.stream([])) ?? []);
      expect(limiter?.limit).toBe(limit);
      expect(await isSettled(waiting[0] as Promise<unknown>)).toBe(true);
    }
  });

  test('hold no call of the simulator to a limit a minute', async () => {
    const { limiters } = limitersWith({ requestsPerMinute: 1, tokensPerMinute: 1 });
    for (let count = 0; count < 3; count++) await call(limiters.limited(model('simulator')));
    expect(limiters.all()[0]).toMatchObject({ calls: 3, heldMs: 0 });
    await call(limiters.limited(model('openai:a')));
    expect(limiters.all()[1]?.heldMs).toBeGreaterThan(0);
  });

  test('settle the tokens of a call, supposed to be a quarter of its characters and half of its longest reply', async () => {
    // hello has 25 characters and 100 tokens at most: 57 tokens, of 6,000 a minute.
    const characters = hello.messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(characters).toBe(25);
    for (const { tokens, heldMs } of [
      { tokens: null, heldMs: 570 },
      { tokens: 10, heldMs: 100 },
      { tokens: 200, heldMs: 2000 },
    ]) {
      const { limiters } = limitersWith({ tokensPerMinute: 6000 });
      await call(limiters.limited(model('openai:a', {}, tokens)));
      expect(limiters.all()[0]?.heldMs).toBe(heldMs);
    }
  });

  test('try a call eight times, and keep what else is particular to its provider', () => {
    const { limiters } = limitersWith();
    const handle = limiters.limited(model('openai:a', { policy: { totalMs: 5, attempts: 2 } }));
    expect(handle.policy).toEqual({ totalMs: 5, attempts: 8 });
  });

  test('read the limits that replies state, once a model however often it is used', async () => {
    const listeners: HeaderListener[] = [];
    const { clock, limiters } = limitersWith();
    const handle = model('openai:a', { watchHeaders: (listener) => void listeners.push(listener) });
    const limited = limiters.limited(handle);
    limiters.limited(handle);
    expect(listeners).toHaveLength(1);
    listeners[0]?.(new Headers());
    await call(limited);
    listeners[0]?.(
      new Headers({
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '5s',
      }),
    );
    const waiting = limited.chatModel(hello);
    expect(await isSettled(limiters.limited(model('openai:b')).chatModel(hello))).toBe(true);
    await clock.pass(4999);
    expect(await isSettled(waiting)).toBe(false);
    await clock.pass(1);
    expect(await isSettled(waiting)).toBe(true);
  });

  test('learn how a call went: refused, or broken off', async () => {
    const refusing = (status: number, headers = {}) =>
      model('openai:a', {
        chatModel: async () => ({
          stream: () => Promise.reject(Object.assign(new Error('no'), { status, headers })),
        }),
      });
    const { limiters } = limitersWith();
    await expect(call(limiters.limited(refusing(500)))).rejects.toThrow('no');
    expect(limiters.all()[0]).toMatchObject({ refusals: 0, underWay: 0, heldMs: 0 });
    await expect(call(limiters.limited(refusing(429, { 'retry-after': '3' })))).rejects.toThrow('no');
    expect(limiters.all()[0]).toMatchObject({ refusals: 1, underWay: 0, heldMs: 3000 });
  });

  test('ask other gates first, and drop a cancelled call', async () => {
    const { limiters } = limitersWith({ mostCalls: 1 });
    const asked: string[] = [];
    const own: Gate = {
      async pass() {
        asked.push('own');
        return { over: () => {} };
      },
    };
    const handle = limiters.limited(model('openai:a'), [own]);
    await handle.chatModel(hello);
    expect(asked).toEqual(['own']);
    const abort = new AbortController();
    const second = handle.chatModel(hello, abort.signal);
    await new Promise(setImmediate);
    expect(limiters.all()[0]).toMatchObject({ underWay: 1, waiting: 1 });
    abort.abort();
    await second;
    expect(limiters.all()[0]).toMatchObject({ underWay: 1, waiting: 0 });
  });
});

test('a semaphore lets so many in at once, and others in the order they came', async () => {
  const semaphore = createSemaphore(2);
  const entered: number[] = [];
  const enter = (number: number) => semaphore.enter().then(() => entered.push(number));
  await Promise.all([enter(1), enter(2)]);
  const later = [enter(3), enter(4)];
  expect(await isSettled(later[0] as Promise<unknown>)).toBe(false);
  semaphore.leave();
  await later[0];
  expect(entered).toEqual([1, 2, 3]);
  semaphore.leave();
  await later[1];
  expect(entered).toEqual([1, 2, 3, 4]);
  semaphore.leave();
  semaphore.leave();
  await Promise.all([enter(5), enter(6)]);
  expect(await isSettled(enter(7))).toBe(false);
});
