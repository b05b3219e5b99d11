import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { errors, startProviderServer } from '../helpers/provider-server.ts';
import { call, hastyClock, hello, openaiAt, settled } from './call.ts';

test('pieces that come at once are handed over together', async () => {
  const words = Array.from({ length: 400 }, (_, index) => ` word${index}`);
  const server = await startProviderServer({ replies: [{ text: words }] });
  const { deltas } = await call(settled(openaiAt(server)));
  expect(deltas.join('')).toBe(words.join(''));
  expect(deltas.length).toBeLessThan(200);
});

test('a reply streams piece by piece and ends with its whole text and record', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Good morning to you', chunkEveryMs: 40, usage: { input: 40, output: 9, cached: 32 } }],
  });
  const { deltas, finished } = await call(settled(openaiAt(server)));
  expect(deltas).toEqual(['Good', ' morning', ' to', ' you']);
  expect(finished).toMatchObject({
    text: 'Good morning to you',
    ending: 'complete',
    record: {
      model: 'openai:scripted',
      attempts: 1,
      usage: { inputTokens: 40, outputTokens: 9, cachedTokens: 32, estimated: false },
      costUsd: null,
      promptHash: createHash('sha256').update(JSON.stringify(hello.messages)).digest('hex'),
    },
  });
});

test('the request carries the messages as they stand, the seed and the limit, and no temperature unless asked for', async () => {
  const server = await startProviderServer({ replies: ['one', 'two'] });
  const handle = openaiAt(server);
  await call(handle);
  await call(handle, { request: { temperature: 0.3 } });
  const [first, second] = server.requests;
  expect(first?.body).toEqual({
    model: 'scripted',
    messages: hello.messages,
    stream: true,
    stream_options: { include_usage: true },
    seed: 7,
    max_tokens: 100,
  });
  expect(second?.body).toMatchObject({ temperature: 0.3 });
});

test('a rate limit is waited out for at least as long as the server asks', async () => {
  const server = await startProviderServer({
    replies: [{ ...errors.rateLimited, headers: { 'retry-after': '7' } }, 'At last'],
  });
  const clock = hastyClock();
  const { failedAttempts, finished } = await call(openaiAt(server), { clock });
  expect(failedAttempts).toMatchObject([
    { attempt: 1, reason: 'rate-limited', retryInMs: 7_250, usage: null, hadText: false },
  ]);
  expect(clock.waits).toEqual([7_250]);
  expect(finished).toMatchObject({ text: 'At last', record: { attempts: 2 } });
});

test('a Retry-After that is a date is waited for', async () => {
  const clock = hastyClock();
  const date = new Date(clock.now() + 90_000).toUTCString();
  const server = await startProviderServer({
    replies: [{ ...errors.rateLimited, headers: { 'retry-after': date } }, 'Later'],
  });
  await call(openaiAt(server), { clock, random: () => 0 });
  expect(clock.waits).toEqual([90_000]);
});

test('a Retry-After of hours ends the call at once and says how long the server wants', async () => {
  const server = await startProviderServer({
    replies: [{ ...errors.rateLimited, headers: { 'retry-after': '7200' } }],
  });
  const { failed } = await call(openaiAt(server));
  expect(failed).toMatchObject({ reason: 'rate-limited', attempts: 1 });
  expect(failed?.message).toContain('2 h');
});

test('without a Retry-After the waits grow, with jitter', async () => {
  const server = await startProviderServer({
    replies: [errors.rateLimited, errors.serverError, errors.overloaded, 'Done'],
  });
  const clock = hastyClock();
  const { failedAttempts } = await call(openaiAt(server), { clock });
  expect(failedAttempts.map(({ reason }) => reason)).toEqual(['rate-limited', 'server-error', 'overloaded']);
  expect(clock.waits).toEqual([750, 1_500, 3_000]);
});

test('the fourth failed attempt is the last', async () => {
  const server = await startProviderServer({ replies: Array(4).fill(errors.serverError) });
  const { failedAttempts, failed, finished } = await call(openaiAt(server));
  expect(failedAttempts.map(({ attempt, retryInMs }) => [attempt, retryInMs])).toEqual([
    [1, 750],
    [2, 1_500],
    [3, 3_000],
    [4, null],
  ]);
  expect(failed).toMatchObject({ reason: 'server-error', attempts: 4 });
  expect(finished).toBeUndefined();
});

test.each([
  ['a wrong key', errors.wrongKey, 'authentication', /Check OPENAI_API_KEY/],
  ['a forbidden account', errors.forbidden, 'authentication', /Country not supported/],
  ['an exhausted quota', errors.outOfQuota, 'quota', /credit or quota/],
  ['an unknown model', errors.unknownModel, 'unknown-model', /no such model/],
  ['a prompt that is too long', errors.contextTooLong, 'context-too-long', /fewer rounds/],
  ['a bad request', errors.badRequest, 'bad-request', /Invalid value for 'messages'/],
] as const)('%s ends the call at once', async (_, reply, reason, words) => {
  const server = await startProviderServer({ replies: [reply] });
  const { failedAttempts, failed } = await call(openaiAt(server));
  expect(failedAttempts).toMatchObject([{ attempt: 1, reason, retryInMs: null, usage: null, costUsd: null }]);
  expect(failed).toMatchObject({ reason, attempts: 1 });
  expect(failed?.message).toMatch(words);
});

test('a server that was never reached is taken for a wrong address', async () => {
  const server = await startProviderServer();
  await server.close();
  const { failed } = await call(openaiAt(server));
  expect(failed).toMatchObject({ reason: 'unreachable', attempts: 1 });
  expect(failed?.message).toMatch(/ECONNREFUSED.*Check the address/);
});

test('a server that has answered before is tried again when it is gone', async () => {
  const server = await startProviderServer({ replies: ['Hello'] });
  const handle = openaiAt(server);
  await call(handle);
  await server.close();
  const { failed } = await call(handle);
  expect(failed).toMatchObject({ reason: 'unreachable', attempts: 4 });
});

test.each([
  [404, 'Not Found'],
  [301, ''],
])('an address where status %i answers is taken for a wrong one, with a hint', async (status, body) => {
  const server = await startProviderServer({
    replies: [{ status, body, headers: { location: '/elsewhere' } }],
  });
  const { failed } = await call(openaiAt(server));
  expect(failed).toMatchObject({ reason: 'bad-request', attempts: 1 });
  expect(failed?.message).toMatch(/nothing at this address.*ends in \/v1/);
});

test('a speech that says the same sentence over and over is read no further, and what came is paid for', async () => {
  const sentence = 'The ferry must run every night. ';
  const server = await startProviderServer({
    replies: [{ text: Array.from({ length: 400 }, () => sentence), chunkEveryMs: 2 }],
  });
  const handle = { ...openaiAt(server), price: { input: 1, output: 2, cachedInput: 1 } };
  const { finished, failedAttempts } = await call(handle, { request: { isSpeech: true } });
  expect(failedAttempts).toEqual([]);
  expect(finished?.ending).toBe('repetition');
  expect(finished?.text.length).toBeLessThan(20 * sentence.length);
  expect(finished?.text.split(sentence.trim()).length).toBeGreaterThan(6);
  expect(await server.requests[0]?.closed).toBe('cut');
  const { usage, costUsd } = finished?.record ?? {};
  expect(usage).toMatchObject({ estimated: true });
  expect(usage?.outputTokens).toBeGreaterThan(30);
  expect(costUsd).toBeGreaterThan(0);
});

test('JSON may say the same over and over', async () => {
  const text = JSON.stringify({
    readings: Array.from({ length: 40 }, () => 'The ferry must run every night. '),
  });
  const server = await startProviderServer({ replies: [text] });
  const { finished } = await call(openaiAt(server));
  expect(finished).toMatchObject({ text, ending: 'complete' });
});
