import { expect, test } from 'vitest';
import { type Reply, startProviderServer, unsupportedParameter } from '../helpers/provider-server.ts';
import { call, hello, modelAt, settled, startCall } from './call.ts';

const key = 'sk-ant-api03-secretsecretsecret';

function anthropicAt(server: { origin: string }, model = 'claude-haiku-4-5') {
  return modelAt(`anthropic:${model}`, {
    environment: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: server.origin },
  });
}

test('a reply streams, with its usage and its price', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Good morning', usage: { input: 1_000, output: 20, cached: 600 } }],
  });
  const { deltas, finished } = await call(anthropicAt(server));
  expect(deltas.join('')).toBe('Good morning');
  expect(finished).toMatchObject({
    text: 'Good morning',
    ending: 'complete',
    record: { usage: { inputTokens: 1_000, outputTokens: 20, cachedTokens: 600, estimated: false } },
  });
  // Haiku 4.5: $1 input, $0.10 cached input and $5 output per million tokens.
  expect(finished?.record.costUsd).toBeCloseTo((400 + 60 + 100) / 1_000_000, 12);
});

test('the request has the key, the system message apart, the limit, and asks for prompt caching', async () => {
  const server = await startProviderServer({ replies: ['Hello'] });
  await call(anthropicAt(server), { request: { temperature: 1.4 } });
  const [request] = server.requests;
  expect(request?.headers['x-api-key']).toBe(key);
  expect(request?.body).toMatchObject({
    model: 'claude-haiku-4-5',
    max_tokens: 100,
    temperature: 1,
    cache_control: { type: 'ephemeral' },
    stream: true,
  });
  expect(request?.messages).toEqual(hello.messages);
});

test('input that is written to the cache costs a quarter more', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Hello', usage: { input: 1_000, output: 10, cached: 500, written: 400 } }],
  });
  const { finished } = await call(anthropicAt(server));
  expect(finished?.record.costUsd).toBeCloseTo((100 + 500 * 0.1 + 400 * 1.25 + 10 * 5) / 1_000_000, 12);
});

test('a structured reply is asked for by its schema, and without it where that is refused', async () => {
  const server = await startProviderServer({
    replies: [unsupportedParameter('output_config'), '{"wish": 3}'],
  });
  const reply = {
    name: 'bid',
    schema: { type: 'object', properties: { wish: { type: 'number', minimum: 0 } } },
  };
  const { failedAttempts, finished } = await call(anthropicAt(server), { request: { reply } });
  expect(failedAttempts).toEqual([]);
  expect(finished?.text).toBe('{"wish": 3}');
  const [first, second] = server.requests.map(({ body }) => body);
  expect(first).toMatchObject({ output_config: { format: { type: 'json_schema' } } });
  expect(first).not.toHaveProperty('cache_control');
  expect(second).not.toHaveProperty('output_config');
});

test('a temperature that LangChain knows a model refuses is left out', async () => {
  const server = await startProviderServer({ replies: ['Hello'] });
  const { finished, failedAttempts } = await call(anthropicAt(server, 'claude-opus-5'), {
    request: { temperature: 0.4 },
  });
  expect(failedAttempts).toEqual([]);
  expect(finished?.text).toBe('Hello');
  expect(server.requests[0]?.body).not.toHaveProperty('temperature');
});

test('thoughts keep a stream alive and are no text', async () => {
  const server = await startProviderServer({
    replies: [{ reasoning: ['They want ', 'relief.'], text: 'We hear you.' }],
  });
  const { finished, deltas } = await call(anthropicAt(server, 'claude-opus-5-5'));
  expect(deltas.join('')).toBe('We hear you.');
  expect(finished?.text).toBe('We hear you.');
});

const anthropicError = (status: number, type: string, message: string): Reply => ({
  status,
  body: { type: 'error', error: { type, message } },
});

test.each([
  ['the token limit', { text: 'cut short', finish: 'length' }, 'length'],
  ['a refusal', { text: 'cut short', finish: 'refusal' }, 'refused'],
] as const)('a reply ended by %s says so', async (_, reply, ending) => {
  const server = await startProviderServer({ replies: [reply] });
  const { finished } = await call(anthropicAt(server));
  expect(finished).toMatchObject({ text: 'cut short', ending });
});

test.each([
  ['a wrong key', anthropicError(401, 'authentication_error', 'invalid x-api-key'), 'authentication'],
  [
    'an empty account',
    anthropicError(400, 'invalid_request_error', 'Your credit balance is too low'),
    'quota',
  ],
  ['an unknown model', anthropicError(404, 'not_found_error', 'model: claude-9'), 'unknown-model'],
  [
    'a prompt that is too long',
    anthropicError(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    'context-too-long',
  ],
] as const)('%s ends the call at once', async (_, reply, reason) => {
  const server = await startProviderServer({ replies: [reply] });
  const { failed } = await call(anthropicAt(server));
  expect(failed).toMatchObject({ reason, attempts: 1 });
  expect(failed?.message).not.toContain('Troubleshooting');
});

test.each([
  ['an overloaded provider', anthropicError(529, 'overloaded_error', 'Overloaded'), 'overloaded'],
  [
    'an overload inside a stream',
    { text: 'one two', fault: { kind: 'error-event', after: 1 } },
    'overloaded',
  ],
  ['a stream that just ends', { text: 'one two', fault: { kind: 'end', after: 1 } }, 'incomplete'],
  ['a stream that is cut off', { text: 'one two', fault: { kind: 'drop', after: 1 } }, 'connection-lost'],
  ['a line that is no JSON', { text: 'one two', fault: { kind: 'garbage', after: 1 } }, 'incomplete'],
] as const)('%s is asked again', async (_, reply, reason) => {
  const server = await startProviderServer({ replies: [reply, 'All of it'] });
  const { failedAttempts, finished } = await call(anthropicAt(server));
  expect(failedAttempts).toMatchObject([{ reason }]);
  expect(finished?.text).toBe('All of it');
});

test('an abort closes the connection', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'one two', fault: { kind: 'stall', after: 1 } }],
  });
  for await (const part of startCall(settled(anthropicAt(server)))) if (part.type === 'delta') break;
  expect(await server.requests[0]?.closed).toBe('cut');
});
