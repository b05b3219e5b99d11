import { expect, test } from 'vitest';
import { errors, startProviderServer } from '../helpers/provider-server.ts';
import { call, hastyClock, openaiAt } from './call.ts';

test('a reply streams word by word and ends with its whole text, usage and a hash of the prompt', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Good morning to you', usage: { input: 40, output: 9, cached: 32 } }],
  });
  const { deltas, finished } = await call(openaiAt(server));
  expect(deltas).toEqual(['Good', ' morning', ' to', ' you']);
  expect(finished).toMatchObject({
    text: 'Good morning to you',
    ending: 'complete',
    record: {
      model: 'openai:scripted',
      attempts: 1,
      usage: { inputTokens: 40, outputTokens: 9, cachedTokens: 32, estimated: false },
      costUsd: null,
    },
  });
  expect(finished?.record.promptHash).toMatch(/^[0-9a-f]{64}$/);
});

test('a rate limit is waited out for at least as long as the server asks', async () => {
  const server = await startProviderServer({
    replies: [{ ...errors.rateLimited, headers: { 'retry-after': '7' } }, 'At last'],
  });
  const clock = hastyClock();
  const { failedAttempts, finished } = await call(openaiAt(server), { clock });
  expect(failedAttempts).toMatchObject([{ attempt: 1, reason: 'rate-limited', usage: null, hadText: false }]);
  expect(clock.waits).toEqual([7_250]);
  expect(finished).toMatchObject({ text: 'At last', record: { attempts: 2 } });
});
