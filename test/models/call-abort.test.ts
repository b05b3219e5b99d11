import { expect, test } from 'vitest';
import { errors, startProviderServer } from '../helpers/provider-server.ts';
import { call, openaiAt, settled, startCall } from './call.ts';

test('an abort in the middle of a stream closes the connection and counts what was said', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two three', chunkEveryMs: 40, fault: { kind: 'stall', after: 2 } }],
  });
  const abort = new AbortController();
  const parts = [];
  for await (const part of startCall(settled(openaiAt(server)), { signal: abort.signal })) {
    parts.push(part);
    if (part.type === 'delta' && part.text === ' two') abort.abort();
  }
  expect(parts.slice(2)).toMatchObject([
    { type: 'attempt-failed', reason: 'aborted', retryInMs: null, usage: { estimated: true }, hadText: true },
    { type: 'failed', reason: 'aborted', attempts: 1 },
  ]);
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('an abort before the server has answered closes the connection', async () => {
  const server = await startProviderServer({ replies: [{ silent: true }] });
  const abort = new AbortController();
  const ended = call(openaiAt(server), { signal: abort.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  abort.abort();
  expect((await ended).failed).toMatchObject({ reason: 'aborted', attempts: 1 });
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('a listener who goes away closes the connection', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two three', fault: { kind: 'stall', after: 2 } }],
  });
  for await (const part of startCall(settled(openaiAt(server)))) if (part.type === 'delta') break;
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('an abort while waiting for the next attempt makes no further call', async () => {
  const server = await startProviderServer({ replies: [errors.serverError] });
  const abort = new AbortController();
  const clock = {
    now: () => 0,
    sleep: async () => abort.abort(),
  };
  const { failed, parts } = await call(openaiAt(server), { signal: abort.signal, clock });
  expect(failed).toMatchObject({ reason: 'aborted', attempts: 1 });
  expect(parts).toHaveLength(2);
});

test('an abort before the call makes no call', async () => {
  const server = await startProviderServer({ replies: [] });
  const { parts } = await call(openaiAt(server), { signal: AbortSignal.abort() });
  expect(parts).toMatchObject([{ type: 'failed', reason: 'aborted', attempts: 0 }]);
});
