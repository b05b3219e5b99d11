import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt } from './call.ts';

// A deadline is either long past or far away when these replies are looked at.
const never = 600_000;

test('a server that sends no headers is given up after the first-token deadline, and asked again', async () => {
  const server = await startProviderServer({ replies: [{ silent: true }, 'Here I am'] });
  const { failedAttempts, finished } = await call(openaiAt(server), {
    policy: { firstTokenMs: 150, idleMs: never },
  });
  expect(failedAttempts).toMatchObject([{ reason: 'first-token-timeout', usage: null, hadText: false }]);
  expect(finished?.text).toBe('Here I am');
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('headers and an empty first chunk are no first token', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two', fault: { kind: 'stall', after: 0 } }, 'Here I am'],
  });
  const { failedAttempts } = await call(openaiAt(server), { policy: { firstTokenMs: 150, idleMs: never } });
  expect(failedAttempts).toMatchObject([{ reason: 'first-token-timeout' }]);
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a stream that stalls is given up after the idle deadline, and its connection closed', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two three', fault: { kind: 'stall', after: 2 } }, 'one two three'],
  });
  const { failedAttempts, finished } = await call(openaiAt(server), {
    policy: { firstTokenMs: never, idleMs: 150 },
  });
  expect(failedAttempts).toMatchObject([
    { reason: 'idle-timeout', hadText: true, usage: { estimated: true } },
  ]);
  expect(finished?.text).toBe('one two three');
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a reply that never ends is given up after the total deadline, for good', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'and on '.repeat(500), chunkEveryMs: 20 }],
  });
  const { failed } = await call(openaiAt(server), {
    policy: { firstTokenMs: never, idleMs: never, totalMs: 300 },
  });
  expect(failed).toMatchObject({ reason: 'total-timeout', attempts: 1 });
  expect(failed?.message).toContain('0.3 s');
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a slow stream that goes on is not given up', async () => {
  const server = await startProviderServer({ replies: [{ text: 'a b c d e f g h', chunkEveryMs: 60 }] });
  const { finished } = await call(openaiAt(server), { policy: { firstTokenMs: never, idleMs: 5_000 } });
  expect(finished?.text).toBe('a b c d e f g h');
});
