import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt, startCall } from './call.ts';

// A deadline is either long past or far away when these replies are looked at.
const never = 600_000;

test('a server that sends no headers is given up after the first-token deadline', async () => {
  const server = await startProviderServer({ replies: [{ silent: true }] });
  const policy = { firstTokenMs: 1_000, idleMs: never, attempts: 1 };
  const { failedAttempts, failed } = await call(openaiAt(server), { policy });
  expect(failedAttempts).toMatchObject([{ reason: 'first-token-timeout', usage: null, hadText: false }]);
  expect(failed?.message).toBe('openai:scripted: no word came within 1 s.');
  await expect.poll(() => server.requests[0]?.closed).toBe('cut');
});

test('headers and an empty first chunk are no first token', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one', fault: { kind: 'stall', after: 0 } }],
  });
  const policy = { firstTokenMs: 1_000, idleMs: never, attempts: 1 };
  const { failed } = await call(openaiAt(server), { policy });
  expect(failed?.reason).toBe('first-token-timeout');
  await expect.poll(() => server.requests[0]?.closed).toBe('cut');
});

test('a stream that stalls is given up after the idle deadline, and its connection closed', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two three', fault: { kind: 'stall', after: 2 } }],
  });
  const policy = { firstTokenMs: never, idleMs: 400, attempts: 1 };
  const { failedAttempts } = await call(openaiAt(server), { policy });
  expect(failedAttempts).toMatchObject([
    { reason: 'idle-timeout', hadText: true, usage: { estimated: true } },
  ]);
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a stalled stream is asked for again', async () => {
  const server = await startProviderServer({
    answer: ({ number }) =>
      number === 1 ? { text: 'one two', fault: { kind: 'stall', after: 1 } } : { text: 'one two' },
  });
  const { finished } = await call(openaiAt(server), { policy: { firstTokenMs: never, idleMs: 1_500 } });
  expect(finished?.text).toBe('one two');
});

test('a reply that never ends is given up after the total deadline, for good', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'and on '.repeat(500), chunkEveryMs: 20 }],
  });
  const { failed } = await call(openaiAt(server), {
    policy: { firstTokenMs: never, idleMs: never, totalMs: 1_500 },
  });
  expect(failed).toMatchObject({ reason: 'total-timeout', attempts: 1 });
  expect(failed?.message).toContain('1.5 s');
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a slow stream that goes on is not given up', async () => {
  const server = await startProviderServer({ replies: [{ text: 'a b c d e f g h', chunkEveryMs: 60 }] });
  const { finished } = await call(openaiAt(server), { policy: { firstTokenMs: never, idleMs: 5_000 } });
  expect(finished?.text).toBe('a b c d e f g h');
});

test('a reply that is whole stays whole, however long its listener takes over it', async () => {
  const server = await startProviderServer({ replies: ['one two three'] });
  const policy = { firstTokenMs: never, idleMs: 500, totalMs: 60_000 };
  const parts = [];
  for await (const part of startCall(openaiAt(server), { policy })) {
    if (parts.length === 0) {
      await server.requests[0]?.closed;
      await setTimeout(1_500);
    }
    parts.push(part);
  }
  expect(parts.at(-1)).toMatchObject({ type: 'finished', text: 'one two three', record: { attempts: 1 } });
});
