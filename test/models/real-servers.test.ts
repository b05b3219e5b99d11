import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createModel } from '../../src/models/create-models.ts';
import { probeModel } from '../../src/models/probe.ts';
import { type Reply, startProviderServer } from '../helpers/provider-server.ts';
import { call, hastyClock, modelAt, openaiAt } from './call.ts';

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const words = (content: string, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason }] });
const counted = event({ choices: [], usage: { prompt_tokens: 20, completion_tokens: 3 } });
const stream = (body: string | Buffer, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', ...headers },
  body,
});
const json = (body: unknown, headers: Record<string, string> = {}): Reply => ({ status: 200, headers, body });
const completion = (message: Record<string, unknown>, finish_reason: string | null = 'stop') => ({
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
  usage: { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 },
});

test.each<[string, Reply]>([
  ['an end mark', stream(`${words('All ')}${words('of it')}data: [DONE]\n\n`)],
  ['a count', stream(`${words('All of it')}${counted}`)],
  ['an empty finish reason and an end mark', stream(`${words('All of it', '')}data: [DONE]\n\n`)],
  ['one JSON object', json(completion({ content: 'All of it' }))],
  ['one JSON object sent as a stream', stream(JSON.stringify(completion({ content: 'All of it' })))],
  ['one JSON object without a reason', json(completion({ content: 'All of it' }, null))],
  ['one JSON object with parts', json(completion({ content: [{ type: 'text', text: 'All of it' }] }))],
  [
    'one JSON object with thoughts',
    json(completion({ content: 'All of it', reasoning_content: 'Secretly.' })),
  ],
  [
    'packed JSON',
    json(gzipSync(JSON.stringify(completion({ content: 'All of it' }))), {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    }),
  ],
  ['empty data', stream(`data:\n\ndata: \n\n${words('All of it', 'stop')}data: [DONE]\n\n`)],
  [
    'comments in data',
    stream(`data: : keep-alive\n\n: PROCESSING\n\ndata: ping\n\n${words('All of it', 'stop')}data: {}\n\n`),
  ],
  ['pings', stream(`event: ping\ndata: {"type":"ping"}\n\n${words('All of it', 'stop')}data: [DONE]\n\n`)],
])('a whole reply that ends with or comes as %s is kept, at the first attempt', async (_, reply) => {
  const server = await startProviderServer({ replies: [reply] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toEqual([]);
  expect(finished).toMatchObject({ text: 'All of it', ending: 'complete', record: { attempts: 1 } });
});

test('a stream that is cut without an end mark or a count is no reply, of any server', async () => {
  const server = await startProviderServer({
    replies: [stream(words('All ')), stream(`${words('All of it')}${counted}`)],
  });
  const { failedAttempts, finished } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
  expect(finished?.text).toBe('All of it');
});

test('a running count with every piece says nothing about the end', async () => {
  const piece = (content: string) =>
    event({ choices: [{ delta: { content } }], usage: { prompt_tokens: 20, completion_tokens: 1 } });
  const server = await startProviderServer({
    replies: [stream(piece('All ') + piece('of')), stream(`${words('All of it', 'stop')}`)],
  });
  const { failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
});

test('that a server never gives a reason is settled and told once, and a cut stream stays incomplete', async () => {
  const marked = (text: string) => stream(`${words(text)}${counted}data: [DONE]\n\n`);
  const server = await startProviderServer({
    replies: [marked('One'), marked('Two'), 'Three', marked('Four'), stream(words('Fi')), marked('Five')],
  });
  const handle = openaiAt(server);
  const calls = [];
  for (let number = 1; number <= 5; number++) calls.push(await call(handle));
  expect(calls.map(({ finished }) => finished?.text)).toEqual(['One', 'Two', 'Three', 'Four', 'Five']);
  expect(calls.map(({ parts }) => parts.filter(({ type }) => type === 'noted').length)).toEqual([
    1, 0, 0, 0, 0,
  ]);
  expect(calls[4]?.failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
});

test('of a server that has given reasons before, a stream without one is no reply', async () => {
  const server = await startProviderServer({
    replies: ['One', stream(`${words('Two')}${counted}data: [DONE]\n\n`), 'Three'],
  });
  const handle = openaiAt(server);
  await call(handle);
  const { failedAttempts, finished } = await call(handle);
  expect(failedAttempts).toMatchObject([{ reason: 'incomplete' }]);
  expect(finished?.text).toBe('Three');
});

test.each<[string, unknown]>([
  ['an object', { error: { message: 'the moon is in the way', type: 'invalid_request_error' } }],
  ['a text', { error: 'the moon is in the way' }],
  ['a list', [{ error: { code: 400, message: 'the moon is in the way', status: 'INVALID_ARGUMENT' } }]],
  ['a list of errors', { errors: [{ message: 'the moon is in the way' }] }],
  ["vLLM's", { object: 'error', message: 'the moon is in the way', code: 400 }],
  ["FastAPI's", { detail: 'the moon is in the way' }],
  ["FastAPI's list", { detail: [{ loc: ['body'], msg: 'the moon is in the way' }] }],
  ['a code with words', { code: 40001, msg: 'the moon is in the way' }],
  ['problem details', { type: 'about:blank', title: 'Bad', status: 400, detail: 'the moon is in the way' }],
  ['an error within an error', { detail: { error: { message: 'the moon is in the way' } } }],
  ['names in capitals', { Error: { Message: 'the moon is in the way' } }],
  ['metadata', { ResponseMetadata: { Error: { Code: 'x', Message: 'the moon is in the way' } } }],
  ['JSON in a text', { error: JSON.stringify({ message: 'the moon is in the way' }) }],
  ['a choice', { choices: [{ error: { message: 'the moon is in the way', code: 502 }, message: {} }] }],
  ['a base response', { base_resp: { status_code: 1004, status_msg: 'the moon is in the way' } }],
])(
  'an error in the shape of %s is told in its own words, with status 200, 400 or in a stream',
  async (_, body) => {
    for (const reply of [json(body), { status: 400, body }, stream(words('One ') + event(body))]) {
      const server = await startProviderServer({ answer: () => reply });
      const { failed, finished } = await call(openaiAt(server), { policy: { attempts: 1 } });
      expect(finished).toBeUndefined();
      expect(failed?.message).toContain('the moon is in the way');
      await server.close();
    }
  },
);

test.each([
  'event: error\ndata: the moon is in the way\n\n',
  'error: the moon is in the way\n\n',
  'the moon is in the way',
  '"the moon is in the way"',
])('an error in plain words is told: %j', async (body) => {
  const server = await startProviderServer({ replies: [stream(body)] });
  const { failed } = await call(openaiAt(server), { policy: { attempts: 1 } });
  expect(failed?.message).toContain('the moon is in the way');
});

test.each([
  ['max_length', 'length'],
  ['MAX_TOKENS', 'length'],
  ['sensitive', 'filtered'],
  ['content_filter', 'filtered'],
  ['end_turn', 'complete'],
  ['eos_token', 'complete'],
])('a stream that ends with %s is %s', async (reason, ending) => {
  const server = await startProviderServer({ replies: [stream(words('All of it', reason))] });
  expect((await call(openaiAt(server))).finished?.ending).toBe(ending);
});

test('a web page in place of a reply is told as that', async () => {
  const page = '<!doctype html><title>Welcome</title><p>Log in.';
  const server = await startProviderServer({
    answer: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: page }),
  });
  const { failed } = await call(openaiAt(server), { policy: { attempts: 1 } });
  expect(failed?.message).toContain('a web page');
  expect(failed?.message).not.toContain('doctype');
});

const loading = {
  status: 503,
  body: { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } },
};

test('a model that is being loaded is waited for, with a countdown and no failed attempt', async () => {
  const server = await startProviderServer({
    replies: [loading, loading, loading, loading, loading, 'Here'],
  });
  const clock = hastyClock();
  const { parts, finished, failedAttempts } = await call(openaiAt(server), { clock });
  expect(finished).toMatchObject({ text: 'Here', record: { attempts: 1 } });
  expect(failedAttempts).toEqual([]);
  const waits = parts.filter((part) => part.type === 'waiting');
  expect(waits).toHaveLength(5);
  expect(waits[0]?.message).toMatch(/Loading model.*waits up to 10 min/);
});

test('a model that is never loaded is given up after the stated limit', async () => {
  const server = await startProviderServer({ answer: () => loading });
  const clock = hastyClock();
  const start = clock.now();
  const { failed } = await call(openaiAt(server), { clock, policy: { attempts: 1, loadingMs: 60_000 } });
  expect(failed).toMatchObject({ reason: 'overloaded' });
  expect(clock.now() - start).toBe(60_000);
});

const geminiQuota = (retryDelay: string) => ({
  status: 429,
  body: [
    {
      error: {
        code: 429,
        message: 'You exceeded your current quota, please check your plan and billing details.',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [] },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
        ],
      },
    },
  ],
});

test.each<[string, Reply, number]>([
  ["Gemini's RetryInfo", geminiQuota('2s'), 2_000],
  ['a body', { status: 429, body: { error: { message: 'slow down', retry_after: 3 } } }, 3_000],
  ['a body in milliseconds', { status: 429, body: { message: 'slow down', retry_after_ms: 1500 } }, 1_500],
  ['words', { status: 429, body: { error: { message: 'Rate limit. Please try again in 1.2s.' } } }, 1_200],
  ['minutes and seconds', { status: 429, body: { error: { message: 'try again in 1m2s' } } }, 62_000],
])('a wait that is asked for in %s is waited', async (_, refusal, milliseconds) => {
  const server = await startProviderServer({ replies: [refusal, 'Here'] });
  const { failedAttempts, finished } = await call(openaiAt(server), { random: () => 0 });
  expect(failedAttempts).toMatchObject([{ reason: 'rate-limited', retryInMs: milliseconds }]);
  expect(finished?.text).toBe('Here');
});

test('an account without credit is not waited for, even where the refusal says when to come again', async () => {
  const body = {
    error: { message: 'You exceeded your current quota', code: 'insufficient_quota', retry_after: 2 },
  };
  const server = await startProviderServer({ replies: [{ status: 429, body }] });
  expect((await call(openaiAt(server))).failed?.reason).toBe('quota');
});

const reply = { name: 'bid', schema: { type: 'object', properties: { wish: { type: 'number' } } } };

test.each([
  [400, 'Unable to convert schema to grammar: unsupported pattern'],
  [500, 'failed to parse grammar'],
  [500, 'The guided decoding backend xgrammar does not support this schema'],
])(
  'a schema of which no grammar can be made (%i %s) is asked for in words from then on',
  async (status, message) => {
    const server = await startProviderServer({
      replies: [{ status, body: { error: { message } } }, '{"wish": 3}', '{"wish": 4}'],
    });
    const handle = openaiAt(server);
    const first = await call(handle, { request: { reply } });
    await call(handle, { request: { reply } });
    expect(first.finished).toMatchObject({ text: '{"wish": 3}', record: { attempts: 1 } });
    expect(server.requests.map(({ body }) => 'response_format' in body)).toEqual([true, false, false]);
  },
);

test.each([
  [400, 'System role not supported'],
  [500, 'Jinja Exception: System role not supported!'],
  [400, 'Conversation roles must alternate user/assistant/user/assistant/...'],
  [400, 'Developer instruction is not enabled for models/gemma-3-27b-it'],
  [422, "messages.0.role: Input should be 'user' or 'assistant'"],
  [400, "Unsupported value: 'messages[0].role' does not support 'system' with this model."],
  [400, 'first message must be from user'],
  [400, '该模型不支持系统消息'],
])(
  'a template that knows no system message (%i %s) gets it in the first message, from then on',
  async (status, message) => {
    const server = await startProviderServer({
      replies: [{ status, body: { error: { message } } }, 'One', 'Two'],
    });
    const handle = openaiAt(server);
    const first = await call(handle);
    await call(handle);
    expect(first.finished).toMatchObject({ text: 'One', record: { attempts: 1 } });
    const [, second, third] = server.requests;
    const folded = [{ role: 'user', content: 'You are a test.\n\nSay hello.' }];
    expect([second?.messages, third?.messages]).toEqual([folded, folded]);
  },
);

test('a reply that never ends is cut at many times what was asked for', async () => {
  const flood = Array.from({ length: 2_000 }, () => 'All work and no play. '.repeat(50));
  const server = await startProviderServer({ replies: [{ text: flood, chunkEveryMs: 1 }] });
  const { finished } = await call(openaiAt(server));
  expect(finished?.ending).toBe('length');
  expect(finished?.text.length).toBeLessThanOrEqual(16_000);
  expect(finished?.text.endsWith('play.')).toBe(true);
  expect(await server.requests[0]?.closed).toBe('cut');
});

test('thoughts alone with a whole end get more room once, then the failure says what to do', async () => {
  const thoughts = { reasoning: ['Hm, hm.'], text: '' };
  const server = await startProviderServer({ replies: [thoughts, thoughts] });
  const { failed, failedAttempts } = await call(openaiAt(server));
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([100, 8_292]);
  expect(failedAttempts).toHaveLength(2);
  expect(failed?.message).toMatch(/Give its turns more tokens, lower its reasoning effort/);
});

test('a speech that was cut short because thoughts took its room is asked for again with more room', async () => {
  const crowded = { reasoning: ['Long thought. '.repeat(40)], text: 'We propose', finish: 'length' } as const;
  const server = await startProviderServer({ replies: [crowded, 'We propose a freeze.'] });
  const { finished, failedAttempts } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ reason: 'empty', hadText: true }]);
  expect(finished).toMatchObject({ text: 'We propose a freeze.', ending: 'complete' });
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([100, 8_292]);
});

test('a thinking model that was cut before its thought was closed has said nothing yet', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Okay, secretly', finish: 'length' }, 'Secretly.</think>We agree.'],
  });
  const handle = modelAt('openai:deepseek-r1', { environment: {}, baseUrl: server.baseUrl });
  const { finished, deltas } = await call(handle);
  expect(finished?.text).toBe('We agree.');
  expect(deltas).toEqual(['We agree.']);
});

test('words are shown as they come once two speeches have come without a hidden thought, and no longer after one', async () => {
  const paced = (text: string) => ({ text, chunkEveryMs: 30 });
  const server = await startProviderServer({
    replies: [
      ...['One two', 'One two', 'One two'].map(paced),
      paced('Secretly so. </think> We agree.'),
      paced('Now we agree.'),
    ],
  });
  const handle = openaiAt(server);
  const deltas = [];
  const calls = [];
  for (let number = 1; number <= 5; number++) {
    const made = await call(handle);
    calls.push(made);
    deltas.push(made.deltas.length);
  }
  expect(deltas.slice(0, 3)).toEqual([1, 1, 2]);
  const surprised = calls[3]?.parts.map(({ type }) => type) ?? [];
  expect(surprised.lastIndexOf('void')).toBeGreaterThan(-1);
  expect(surprised.slice(surprised.lastIndexOf('void'))).toEqual(['void', 'delta', 'finished']);
  expect(calls[3]?.finished?.text).toBe('We agree.');
  expect(calls[4]?.deltas).toEqual(['Now we agree.']);
});

test.each([
  [
    'more thoughts than reply',
    { prompt_tokens: 20, completion_tokens: 90, completion_tokens_details: { reasoning_tokens: 1000 } },
    1090,
  ],
  [
    'a sum that holds them',
    {
      prompt_tokens: 20,
      completion_tokens: 900,
      total_tokens: 1420,
      completion_tokens_details: { reasoning_tokens: 500 },
    },
    1400,
  ],
  ['a sum alone', { prompt_tokens: 20, completion_tokens: 90, total_tokens: 1110 }, 1090],
  [
    'thoughts within the reply',
    {
      prompt_tokens: 20,
      completion_tokens: 900,
      total_tokens: 920,
      completion_tokens_details: { reasoning_tokens: 500 },
    },
    900,
  ],
])('thoughts that a server counts beside the reply are on the bill: %s', async (_, usage, outputTokens) => {
  const server = await startProviderServer({
    replies: [stream(words('Hello', 'stop') + event({ choices: [], usage }))],
  });
  const { finished } = await call(openaiAt(server));
  expect(finished?.record.usage).toMatchObject({ inputTokens: 20, outputTokens, estimated: false });
});

test.each([
  { prompt_tokens: 9e15, completion_tokens: 2 },
  { prompt_tokens: 20, completion_tokens: 9e15 },
  { prompt_tokens: 20, completion_tokens: 1_900_000 },
  { prompt_tokens: 9_000_000, completion_tokens: 2 },
  { prompt_tokens: -4, completion_tokens: Number.NaN },
])('a count that no reply can have is replaced by an estimate, and marked so: %j', async (usage) => {
  const server = await startProviderServer({
    replies: [stream(words('Hello there', 'stop') + event({ choices: [], usage }))],
  });
  const { finished } = await call(openaiAt(server));
  expect(finished?.record.usage.estimated).toBe(true);
  expect(finished?.record.usage.inputTokens).toBeLessThan(100);
  expect(finished?.record.usage.outputTokens).toBeLessThan(100);
});

test.each([
  [['models/gemini-3-flash'], 'gemini-3-flash'],
  [['gemini-3-flash'], 'models/gemini-3-flash'],
  [['meta/llama-4'], 'meta/llama-4:nitro'],
  [['meta/llama-4:free'], 'meta/llama-4'],
  [['gpt-9-2026-10-01'], 'gpt-9'],
])('a server that lists %j has %s', async (models, name) => {
  const server = await startProviderServer({ models });
  const options = { environment: {}, baseUrl: server.baseUrl, timeoutMs: 5_000 };
  expect(await probeModel({ provider: 'openai', name }, options)).toMatchObject({ state: 'ready' });
});

test('a model that a server of somebody else lacks is missed there, and not at OpenAI', async () => {
  const server = await startProviderServer({ models: ['other'] });
  const options = { environment: {}, baseUrl: server.baseUrl, timeoutMs: 5_000 };
  const { message } = await probeModel({ provider: 'openai', name: 'mine' }, options);
  expect(message).toContain(server.baseUrl);
  expect(message).not.toContain('OpenAI');
});

/** A proxy that passes requests for http on, and counts them. */
async function startProxy() {
  const seen: string[] = [];
  const proxy = createServer((incoming, response) => {
    seen.push(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = httpRequest(incoming.url ?? '', { method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(response);
    });
    incoming.pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, seen };
}

test('a proxy that variables name is used for calls and for the list of models, unless they except the server', async () => {
  const server = await startProviderServer({ replies: ['Through it', 'Past it'], models: ['scripted'] });
  const proxy = await startProxy();
  const environment = { HTTP_PROXY: proxy.address };
  const settings = { baseUrl: server.baseUrl, timeoutMs: 5_000 };
  const spec = { provider: 'openai', name: 'scripted' };
  expect(await probeModel(spec, { ...settings, environment })).toMatchObject({ state: 'ready' });
  const { finished } = await call(modelAt('openai:scripted', { ...settings, environment }));
  expect(finished?.text).toBe('Through it');
  expect(proxy.seen).toEqual([`${server.baseUrl}/models`, `${server.baseUrl}/chat/completions`]);

  const excepted = { ...environment, NO_PROXY: '127.0.0.1' };
  expect(
    (await call(modelAt('openai:scripted', { ...settings, environment: excepted }))).finished?.text,
  ).toBe('Past it');
  expect(proxy.seen).toHaveLength(2);
});

test.each([
  ['openrouter:x/y', 'OPENROUTER_API_KEY', 'https://openrouter.ai/api/v1'],
  ['groq:x', 'GROQ_API_KEY', 'https://api.groq.com/openai/v1'],
  ['together:x', 'TOGETHER_API_KEY', 'https://api.together.xyz/v1'],
  ['deepseek:x', 'DEEPSEEK_API_KEY', 'https://api.deepseek.com/v1'],
  ['xai:x', 'XAI_API_KEY', 'https://api.x.ai/v1'],
  ['mistral:x', 'MISTRAL_API_KEY', 'https://api.mistral.ai/v1'],
  ['gemini:x', 'GEMINI_API_KEY', 'https://generativelanguage.googleapis.com/v1beta/openai'],
  ['gemini:x', 'GOOGLE_API_KEY', 'https://generativelanguage.googleapis.com/v1beta/openai'],
])('%s is called with %s at %s', (spec, variable, address) => {
  expect(modelAt(spec, { environment: { [variable]: 'key-0123456789' } })).toMatchObject({
    address,
    keyVariable: variable,
  });
});

test.each([
  ['lmstudio:x', {}, 'http://127.0.0.1:1234/v1'],
  ['vllm:x', { VLLM_BASE_URL: 'http://gpu.test:8000/v1' }, 'http://gpu.test:8000/v1'],
  ['llamacpp:x', {}, 'http://127.0.0.1:8080/v1'],
  [
    'azure:mine',
    { AZURE_OPENAI_API_KEY: 'k-123456', AZURE_OPENAI_ENDPOINT: 'https://me.openai.azure.com/' },
    'https://me.openai.azure.com/openai/v1',
  ],
])('%s with %j is at %s', (spec, environment, address) => {
  expect(modelAt(spec, { environment })).toMatchObject({ address });
});

test('Azure without its address says which variable to set', () => {
  const handle = createModel(
    { provider: 'azure', name: 'x' },
    { environment: { AZURE_OPENAI_API_KEY: 'k-1' } },
  );
  expect(handle.ok || handle.failure.message).toContain('AZURE_OPENAI_ENDPOINT');
});
