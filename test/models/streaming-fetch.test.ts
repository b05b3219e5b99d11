import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { streamingFetch } from '../../src/models/providers/streaming-fetch.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, modelAt, openaiAt } from './call.ts';

test('calls one after the other keep their connections, though readers stop at the end mark', async () => {
  const server = await startProviderServer({ answer: () => 'Hello there' });
  const handle = openaiAt(server);
  for (let round = 0; round < 10; round++) await call(handle);
  // A call may begin before the one before it has closed its reply, so two take turns.
  expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
});

test('a call that was broken off does not take the connection of another with it', async () => {
  const server = await startProviderServer({
    answer: ({ number }) =>
      number <= 20 && number % 2 === 1
        ? { text: 'one two three', fault: { kind: 'garbage', after: 1 } }
        : { text: 'a b', chunkEveryMs: 5 },
  });
  const handle = openaiAt(server);
  const calls = await Promise.all(Array.from({ length: 20 }, () => call(handle)));
  expect(calls.every(({ finished }) => finished?.text === 'a b')).toBe(true);
});

test('text in pieces that split a character arrives whole', async () => {
  const text = '核查 — “freeze”';
  const server = await startProviderServer({ replies: [{ text: [...text] }] });
  const anthropic = { ANTHROPIC_API_KEY: 'sk-ant-1234567890', ANTHROPIC_BASE_URL: server.origin };
  const { finished } = await call(modelAt('anthropic:claude-haiku-4-5', { environment: anthropic }));
  expect(finished?.text).toBe(text);
});

test('an answer that is no stream can be read as text and as JSON', async () => {
  const server = await startProviderServer({ models: ['one', 'two'] });
  const response = await streamingFetch(`${server.baseUrl}/models`);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toMatchObject({ data: [{ id: 'one' }, { id: 'two' }] });
});

test('a signal that is aborted already sends nothing', async () => {
  const server = await startProviderServer({ replies: [] });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(streamingFetch(`${server.baseUrl}/models`, { signal })).rejects.toThrow('enough');
});

const whole =
  'data: {"choices":[{"delta":{"content":"All of it"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
test.each<[string, (bytes: string) => string | Buffer]>([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['gzip, gzip', (text) => gzipSync(gzipSync(text))],
  ['gzip', (text) => text],
  ['identity', (text) => text],
])('a reply that comes as %s and ends with the end mark is unpacked', async (packing, pack) => {
  const headers = { 'content-type': 'text/event-stream', 'content-encoding': packing };
  const server = await startProviderServer({ replies: [{ status: 200, headers, body: pack(whole) }] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toEqual([]);
  expect(finished?.text).toBe('All of it');
});

test('a packed reply that was cut is asked for again', async () => {
  const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' };
  const cut = { status: 200, headers, body: gzipSync(whole).subarray(0, 40) };
  const server = await startProviderServer({ replies: [cut, 'All of it'] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
  expect(finished?.text).toBe('All of it');
});
