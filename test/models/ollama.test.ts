import { expect, test } from 'vitest';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, hello, modelAt, settled, startCall } from './call.ts';

function ollamaAt(server: { origin: string }) {
  return modelAt('ollama:llama3.2:3b', { environment: { OLLAMA_HOST: server.origin } });
}

test('a reply streams, with its usage, for nothing', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Good morning', chunkEveryMs: 40, usage: { input: 30, output: 2 } }],
  });
  const { deltas, finished } = await call(settled(ollamaAt(server)));
  expect(deltas).toEqual(['Good', ' morning']);
  expect(finished).toMatchObject({
    text: 'Good morning',
    ending: 'complete',
    record: {
      model: 'ollama:llama3.2:3b',
      usage: { inputTokens: 30, outputTokens: 2, estimated: false },
      costUsd: 0,
    },
  });
});

test('the request has seed, limit, temperature, format and a context that holds the prompt', async () => {
  const server = await startProviderServer({ replies: ['{"wish": 3}', 'short again'] });
  const handle = ollamaAt(server);
  const reply = { name: 'bid', schema: { type: 'object' } };
  const long = { role: 'user', content: 'word '.repeat(10_000) } as const;
  await call(handle, { request: { reply, temperature: 0.3, messages: [...hello.messages, long] } });
  await call(handle);
  const [first, second] = server.requests.map(({ body }) => body);
  expect(first).toMatchObject({
    model: 'llama3.2:3b',
    format: { type: 'object' },
    options: { seed: 7, num_predict: 100, temperature: 0.3, num_ctx: 16_384 },
  });
  // It does not shrink again: Ollama would load the model anew.
  expect(second).toMatchObject({ options: { num_ctx: 16_384 } });
});

test('the token limit ends a reply as length', async () => {
  const server = await startProviderServer({ replies: [{ text: 'cut short', finish: 'length' }] });
  const { finished } = await call(ollamaAt(server));
  expect(finished).toMatchObject({ text: 'cut short', ending: 'length' });
});

test('thoughts are no text', async () => {
  const server = await startProviderServer({ replies: [{ reasoning: ['Hm.'], text: 'We hear you.' }] });
  const { finished } = await call(ollamaAt(server));
  expect(finished?.text).toBe('We hear you.');
});

test('a model that is not installed ends the call and says so', async () => {
  const server = await startProviderServer({
    replies: [{ status: 404, body: { error: "model 'llama3.2:3b' not found" } }],
  });
  const { failed } = await call(ollamaAt(server));
  expect(failed).toMatchObject({ reason: 'unknown-model', attempts: 1 });
  expect(failed?.message).toContain("model 'llama3.2:3b' not found");
});

test.each([
  ['an error inside a stream', { text: 'one two', fault: { kind: 'error-event', after: 1 } }, 'server-error'],
  ['a stream that just ends', { text: 'one two', fault: { kind: 'end', after: 1 } }, 'incomplete'],
  ['a stream that is cut off', { text: 'one two', fault: { kind: 'drop', after: 1 } }, 'connection-lost'],
  ['a line that is no JSON', { text: 'one two', fault: { kind: 'garbage', after: 1 } }, 'incomplete'],
  ['an overloaded server', { status: 503, body: 'server busy' }, 'overloaded'],
] as const)('%s is asked again', async (_, reply, reason) => {
  const server = await startProviderServer({ replies: [reply, 'All of it'] });
  const { failedAttempts, finished } = await call(ollamaAt(server));
  expect(failedAttempts).toMatchObject([{ reason }]);
  expect(finished?.text).toBe('All of it');
});

test('an abort while the model is being loaded closes the connection', async () => {
  const server = await startProviderServer({ replies: [{ silent: true }] });
  const abort = new AbortController();
  const ended = call(ollamaAt(server), { signal: abort.signal });
  await expect.poll(() => server.requests.length).toBe(1);
  abort.abort();
  expect((await ended).failed?.reason).toBe('aborted');
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('stopping one call leaves the others of the same model alone', async () => {
  const server = await startProviderServer({
    replies: [
      { text: 'one two three', fault: { kind: 'stall', after: 1 } },
      { text: 'one two three', chunkEveryMs: 50 },
    ],
  });
  const handle = ollamaAt(server);
  settled(handle);
  const stopped = startCall(handle);
  await stopped.next();
  const other = call(handle);
  await expect.poll(() => server.requests.length).toBe(2);
  await stopped.return();
  expect((await other).finished?.text).toBe('one two three');
  expect(await server.requests[0]?.closed).toBe('cut');
});
