import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { probeModel } from '../../src/models/probe.ts';
import { type Reply, startProviderServer } from '../helpers/provider-server.ts';
import { call, hastyClock, openaiAt } from './call.ts';

const event = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const piece = (delta: object, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta, finish_reason }] });
const count = event({ choices: [], usage: { prompt_tokens: 20, completion_tokens: 3 } });
const refusal = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: body as Reply & string,
});
const stream = (body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body,
});

/** A server of which each request is answered by hand. */
async function byHand(
  answer: Parameters<typeof createServer>[1],
): Promise<{ baseUrl: string; server: Server }> {
  const server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server };
}

test('a reply is whole two seconds after its end and count, though its server leaves the stream open', async () => {
  const { baseUrl } = await byHand((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(piece({ content: 'All ' }) + piece({ content: 'of it' }) + piece({}, 'stop') + count);
  });
  const startedAt = performance.now();
  const { finished, failedAttempts } = await call(openaiAt({ baseUrl }));
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  expect(failedAttempts).toEqual([]);
  expect(finished).toMatchObject({ text: 'All of it', ending: 'complete' });
  expect(finished?.record.usage).toMatchObject({ inputTokens: 20, outputTokens: 3, estimated: false });
});

test('words that come after a reason for the end are waited for as any others are', async () => {
  const { baseUrl } = await byHand(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const words of ['All ', 'of ', 'it']) {
      response.write(
        event({
          choices: [{ delta: { content: words }, finish_reason: 'stop' }],
          usage: { completion_tokens: 1 },
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, words === 'of ' ? 2_300 : 20));
    }
    response.end('data: [DONE]\n\n');
  });
  expect((await call(openaiAt({ baseUrl }))).finished?.text).toBe('All of it');
});

test('a connection that breaks behind the end of a reply takes nothing away from it, its count included', async () => {
  const { baseUrl } = await byHand((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(piece({ content: 'All of it' }) + piece({}, 'stop') + count, () =>
      setTimeout(() => response.socket?.resetAndDestroy(), 20),
    );
  });
  const { finished, failedAttempts } = await call(openaiAt({ baseUrl }));
  expect(failedAttempts).toEqual([]);
  expect(finished).toMatchObject({
    text: 'All of it',
    record: { usage: { outputTokens: 3, estimated: false } },
  });
});

test('a kept connection that its server has just closed is replaced without a failed attempt', async () => {
  let requests = 0;
  const { baseUrl } = await byHand((request, response) => {
    requests += 1;
    // As it looks from here when the server's goodbye and the next request cross.
    if (requests === 2) return void request.socket.destroy();
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${piece({ content: 'Here' })}${piece({}, 'stop')}data: [DONE]\n\n`);
  });
  const handle = openaiAt({ baseUrl });
  await call(handle);
  // Until the connection is given back.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { finished, failedAttempts } = await call(handle);
  expect(finished).toMatchObject({ text: 'Here', record: { attempts: 1 } });
  expect(failedAttempts).toEqual([]);
  expect(requests).toBe(3);
});

test.each<[string, Reply, RegExp]>([
  [
    'an address elsewhere',
    refusal(302, '', { location: 'https://sso.example/login?next=1' }),
    /points to https:\/\/sso\.example\/login\)/,
  ],
  ['nothing', refusal(405, ''), /\(Method Not Allowed\)/],
  [
    "a router's",
    refusal(402, { error: { message: 'Provider returned error', metadata: { raw: 'the moon is full' } } }),
    /Provider returned error: the moon is full/,
  ],
  [
    'XML',
    refusal(400, '<?xml version="1.0"?><Error><Code>x</Code><Message>the moon is full</Message></Error>'),
    /an error in XML: the moon is full/,
  ],
  ['a mark', stream('data: [ERROR] the moon is full\n\n'), /\[ERROR\] the moon is full/],
])('a refusal with the words of %s says them', async (_, reply, words) => {
  const server = await startProviderServer({ answer: () => reply });
  expect((await call(openaiAt(server), { policy: { attempts: 1 } })).failed?.message).toMatch(words);
});

test.each<[string, Reply]>([
  [
    'a model that was unloaded',
    stream(piece({ content: 'Half' }) + event({ error: { message: 'Model unloaded.' } })),
  ],
  [
    'a server out of memory',
    stream(piece({ content: 'Half' }) + event({ error: 'CUDA out of memory', error_type: 'generation' })),
  ],
  ['an upstream that fell over', stream('data: [ERROR] upstream fell over\n\n')],
])('%s in the midst of a reply is asked again', async (_, reply) => {
  const server = await startProviderServer({ replies: [reply, 'Here'] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'server-error' }]);
  expect(finished?.text).toBe('Here');
});

test.each([
  'Invalid max_tokens value, the valid range of max_tokens is [1, 80]',
  'max_tokens is too large: 100. This model supports at most 80 completion tokens, whereas you provided 100.',
  '`max_tokens` must be less than or equal to `80`, the maximum value for `max_tokens` is less than the `context_window`',
  'max_tokens: 100 > 80, which is the maximum allowed number of output tokens',
])('a limit that is more than the server takes is asked for within it, from then on: %s', async (message) => {
  const server = await startProviderServer({ replies: [refusal(400, { error: { message } }), 'One', 'Two'] });
  const handle = openaiAt(server);
  const first = await call(handle);
  await call(handle);
  expect(first.finished).toMatchObject({ text: 'One', record: { attempts: 1 } });
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([100, 80, 80]);
});

test('room for thoughts that does not fit the window beside the prompt is cut to what does', async () => {
  const message =
    "'max_tokens' is too large: 8292. This model's maximum context length is 8192 tokens and your request has 4096 input tokens (8292 > 8192 - 4096).";
  const server = await startProviderServer({
    replies: [
      { reasoning: ['Hm.'], text: '', finish: 'length' },
      refusal(400, { object: 'error', message }),
      'Here',
    ],
  });
  const { finished } = await call(openaiAt(server));
  expect(finished?.text).toBe('Here');
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([100, 8_292, 4_096]);
});

test("a reply without marks of its tokenizer's ends", async () => {
  const server = await startProviderServer({
    replies: [stream(piece({ content: 'We agree.' }) + piece({ content: '</s>' }, 'stop'))],
  });
  expect((await call(openaiAt(server))).finished?.text).toBe('We agree.');
});

test('JSON that a gateway sends parsed is the reply', async () => {
  const body = { result: { response: { answer: 'sign', text: 'x' } }, success: true, errors: [] };
  const server = await startProviderServer({
    replies: [refusal(200, body, { 'content-type': 'application/json' })],
  });
  expect((await call(openaiAt(server))).finished?.text).toBe('{"answer":"sign","text":"x"}');
});

test.each<[number, unknown, string]>([
  [
    403,
    { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded, please try again later.' },
    'rate-limited',
  ],
  [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }, 'rate-limited'],
  [
    403,
    { error: { message: 'Project `p` does not have access to model `m`', code: 'model_not_found' } },
    'unknown-model',
  ],
  [403, { error: { message: 'Your key may not do this' } }, 'authentication'],
])('a refusal with %i and %j is called what it is', async (status, body, reason) => {
  const server = await startProviderServer({ answer: () => refusal(status, body) });
  const { failed } = await call(openaiAt(server), { clock: hastyClock(), policy: { attempts: 1 } });
  expect(failed?.reason).toBe(reason);
});

test.each([
  { error: { message: 'Country, region, or territory not supported' } },
  { error: { message: 'Your input was flagged for "violence"' } },
  '<!DOCTYPE html><title>Just a moment...</title>',
])('a refusal with 403 and %j does not blame the key', async (body) => {
  const server = await startProviderServer({ answer: () => refusal(403, body) });
  const { failed } = await call(openaiAt(server), { policy: { attempts: 1 } });
  expect(failed?.message).toMatch(/forbids this call \((Country|Your input|a web page: Just)/);
  expect(failed?.message).not.toContain('refused the key');
});

test.each<[unknown, number, string]>([
  [[{ id: 'm' }, { id: 'n' }], 200, 'ready'],
  [['n'], 200, 'no-such-model'],
  [{ models: [{ name: 'models/m' }] }, 200, 'ready'],
  [{ data: [{ id: '/srv/files/m.gguf' }] }, 200, 'ready'],
  [{ error: { message: 'Missing scopes: api.model.read.' } }, 403, 'ready'],
  [{ error: { message: 'No.' } }, 403, 'refused'],
])('a list of models that is %j with status %i is %s', async (list, status, state) => {
  const { baseUrl } = await byHand((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(list));
  });
  const options = { environment: {}, baseUrl, timeoutMs: 5_000 };
  const probe = await probeModel({ provider: 'openai', name: 'm' }, options);
  expect(probe.state).toBe(state);
  if (state === 'ready' && status === 200) expect(probe.message).toMatch(/answers and lists \d models?$/);
});
