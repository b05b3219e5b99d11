import { expect, test } from 'vitest';
import { errors, startProviderServer, unsupportedParameter } from '../helpers/provider-server.ts';
import { call, modelAt, openaiAt } from './call.ts';

const reply = {
  name: 'bid',
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { wish: { type: 'number', minimum: 0, maximum: 10 }, why: { type: 'string' } },
    required: ['wish'],
  },
};

test('a structured reply is asked for by its schema, in the strict dialect', async () => {
  const server = await startProviderServer({ replies: ['{"wish": 3, "why": "x"}'] });
  await call(openaiAt(server), { request: { reply } });
  expect(server.requests[0]?.body['response_format']).toEqual({
    type: 'json_schema',
    json_schema: {
      name: 'bid',
      strict: true,
      schema: {
        type: 'object',
        properties: { wish: { type: 'number' }, why: { type: 'string' } },
        required: ['wish', 'why'],
        additionalProperties: false,
      },
    },
  });
});

test('a server that refuses the schema is asked for JSON, then without a format; neither counts as a failed attempt', async () => {
  const unavailable = {
    status: 400,
    body: { error: { message: 'This response_format type is unavailable now' } },
  };
  const server = await startProviderServer({
    replies: [unavailable, unavailable, '{"wish": 3}', '{"wish": 4}'],
  });
  const handle = openaiAt(server);
  const { failedAttempts, finished } = await call(handle, { request: { reply } });
  await call(handle, { request: { reply } });
  expect(failedAttempts).toEqual([]);
  expect(finished).toMatchObject({ text: '{"wish": 3}', record: { attempts: 1 } });
  const sent = server.requests.map(
    ({ body }) => (body['response_format'] as { type: string } | undefined)?.type,
  );
  expect(sent).toEqual(['json_schema', 'json_object', undefined, undefined]);
});

test('a compatible server that refuses a format without naming it is asked without one', async () => {
  const server = await startProviderServer({
    replies: [{ status: 400, body: 'Bad Request' }, '{"wish": 3}'],
  });
  const { finished } = await call(openaiAt(server), { request: { reply } });
  expect(finished?.record.attempts).toBe(1);
});

test('calls at once that are all refused are all asked anew', async () => {
  const server = await startProviderServer({
    answer: ({ body }) =>
      body['response_format'] === undefined ? '{"wish": 3}' : unsupportedParameter('response_format'),
  });
  const handle = openaiAt(server);
  const calls = await Promise.all(Array.from({ length: 8 }, () => call(handle, { request: { reply } })));
  expect(calls.map(({ finished }) => finished?.record.attempts)).toEqual(Array(8).fill(1));
});

test.each(['temperature', 'seed', 'stream_options'])(
  'a refused %s is left out from then on',
  async (parameter) => {
    const server = await startProviderServer({ replies: [unsupportedParameter(parameter), 'one', 'two'] });
    const handle = openaiAt(server);
    const { failedAttempts, finished } = await call(handle, { request: { temperature: 0.5 } });
    await call(handle, { request: { temperature: 0.5 } });
    expect(failedAttempts).toEqual([]);
    expect(finished?.text).toBe('one');
    expect(server.requests.map(({ body }) => parameter in body)).toEqual([true, false, false]);
  },
);

test('a server that wants max_completion_tokens gets it from then on', async () => {
  const server = await startProviderServer({
    replies: [unsupportedParameter('max_tokens', 'max_completion_tokens'), 'one', 'two'],
  });
  const handle = openaiAt(server);
  await call(handle);
  await call(handle);
  const [, second, third] = server.requests.map(({ body }) => body);
  expect(second).toMatchObject({ max_completion_tokens: 100 });
  expect(second).not.toHaveProperty('max_tokens');
  expect(third).toMatchObject({ max_completion_tokens: 100 });
});

test('a server that wants neither way of limiting tokens ends the call', async () => {
  const server = await startProviderServer({
    replies: [unsupportedParameter('max_tokens'), unsupportedParameter('max_completion_tokens')],
  });
  const { failed } = await call(openaiAt(server));
  expect(failed).toMatchObject({ reason: 'bad-request', attempts: 1 });
});

test('a bad request that names no option ends the call', async () => {
  const server = await startProviderServer({ replies: [errors.badRequest] });
  const { failed } = await call(openaiAt(server), { request: { temperature: 0.5 } });
  expect(failed?.reason).toBe('bad-request');
});

test('models known to think get room to think from the first call', async () => {
  const server = await startProviderServer({ replies: ['one', 'two'] });
  const settings = { environment: {}, baseUrl: server.baseUrl };
  await call(modelAt('openai:gpt-6-luna', settings));
  await call(modelAt('openai:gpt-5-chat-latest', settings));
  expect(server.requests.map(({ body }) => body['max_tokens'])).toEqual([8_292, 100]);
});
