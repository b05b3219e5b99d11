import { expect, test } from 'vitest';
import { parsePrice } from '../../src/models/prices.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { call, modelAt } from './call.ts';

function pricedAt(server: { baseUrl: string }, price = '1,0.1,10') {
  const parsed = parsePrice(price);
  if (parsed === null) throw new Error('no price');
  return modelAt('openai:scripted', { environment: {}, baseUrl: server.baseUrl, price: parsed });
}

test('a call costs its fresh input, its cached input and its output, each at its price', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Hello', usage: { input: 10_000, output: 1_000, cached: 9_000 } }],
  });
  const { finished } = await call(pricedAt(server));
  expect(finished?.record.costUsd).toBeCloseTo((0.1 + 0.09 + 1) / 100, 12);
});

test('usage that a server does not send is estimated, and marked so', async () => {
  const server = await startProviderServer({ replies: [{ text: 'Twelve chars', usage: null }] });
  const { finished } = await call(pricedAt(server));
  // Four and two words, their full stops, and 4 tokens around each of the two messages.
  expect(finished?.record.usage).toEqual({
    inputTokens: 16,
    outputTokens: 2,
    cachedTokens: 0,
    estimated: true,
  });
  expect(finished?.record.costUsd).toBeCloseTo((16 + 2 * 10) / 1_000_000, 12);
});

test('an attempt that broke off after it had spoken counts what it must have cost; the reply counts only itself', async () => {
  const server = await startProviderServer({
    replies: [
      { text: ['Twelve chars', ' and more'], fault: { kind: 'drop', after: 1 } },
      { text: 'Hello', usage: { input: 15, output: 2 } },
    ],
  });
  const { failedAttempts, finished } = await call(pricedAt(server));
  expect(failedAttempts).toMatchObject([
    {
      usage: { inputTokens: 16, outputTokens: 2, cachedTokens: 0, estimated: true },
      costUsd: 36 / 1_000_000,
    },
  ]);
  expect(finished?.record).toMatchObject({
    usage: { inputTokens: 15, outputTokens: 2, estimated: false },
    costUsd: 35 / 1_000_000,
  });
});

test('numbers that make no sense are not taken for usage', async () => {
  const server = await startProviderServer({
    replies: [{ text: 'Twelve chars', usage: { input: Number.NaN, output: -3, cached: 9_999 } }],
  });
  const { finished } = await call(pricedAt(server));
  expect(finished?.record.usage).toEqual({
    inputTokens: 16,
    outputTokens: 2,
    cachedTokens: 0,
    estimated: true,
  });
});
