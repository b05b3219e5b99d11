import { expect, test } from 'vitest';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { costOf, parsePrice } from '../../src/models/prices.ts';
import { askProviders } from '../../src/models/probe.ts';
import { findProvider } from '../../src/models/providers/built-in-providers.ts';
import type { Price } from '../../src/models/types.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { modelAt } from './call.ts';

function listPrice(text: string) {
  const spec = parseModelSpec(text);
  if (!spec.ok) throw new Error(spec.failure.message);
  const provider = findProvider(spec.value.provider);
  const endpoint = { baseUrl: spec.value.baseUrl ?? '', isCloud: spec.value.baseUrl === undefined };
  return provider?.listPrice?.(spec.value.name, endpoint) ?? null;
}

const usage = (inputTokens: number, cachedTokens: number, outputTokens: number) => ({
  inputTokens,
  cachedTokens,
  outputTokens,
  estimated: false,
});

test('a dated snapshot costs what its model costs', () => {
  expect(listPrice('openai:gpt-5-mini-2025-08-07')).toEqual(listPrice('openai:gpt-5-mini'));
  expect(listPrice('anthropic:claude-haiku-4-5-20251001')).toEqual(listPrice('anthropic:claude-haiku-4-5'));
});

test('a model that is not in the list has no price', () => {
  expect(listPrice('openai:gpt-99')).toBeNull();
  expect(costOf(usage(10, 0, 10), 0, null)).toBeNull();
});

test("every list price has its date, and holds at the provider's own address alone", () => {
  for (const spec of [
    'openai:gpt-5',
    'groq:openai/gpt-oss-120b',
    'gemini:gemini-3.5-flash',
    'xai:grok-4.3',
  ]) {
    expect(listPrice(spec)?.asOf).toMatch(/^(July|November) 2026$/);
    expect(listPrice(`${spec}@http://gpu.test/v1`)).toBeNull();
  }
  expect(listPrice('mistral:mistral-large-2512')).toMatchObject({ input: 0.5, output: 1.5 });
  expect(listPrice('gemini:models/gemini-2.5-pro')?.longPrompt).toMatchObject({ above: 200_000, output: 15 });
  expect(['deepseek:deepseek-chat', 'mistral:mistral-large-latest', 'azure:mine'].map(listPrice)).toEqual([
    null,
    null,
    null,
  ]);
});

test('what runs at home costs nothing', () => {
  expect(costOf(usage(1_000, 0, 1_000), 0, listPrice('ollama:llama3.2:3b'))).toBe(0);
  expect(costOf(usage(1_000, 0, 1_000), 0, listPrice('simulator'))).toBe(0);
});

test('a prompt beyond the limit is charged at the higher rates, all of it', () => {
  const price = listPrice('anthropic:claude-haiku-5-5');
  expect(costOf(usage(100_000, 0, 1_000), 0, price)).toBeCloseTo(0.0105, 10);
  expect(costOf(usage(100_001, 0, 1_000), 0, price)).toBeCloseTo(0.0525005, 10);
});

test('every price in the list is lower for cached input than for fresh, and higher for output', () => {
  for (const spec of [
    'openai:gpt-6-luna',
    'openai:gpt-4.1',
    'anthropic:claude-opus-5-5',
    'anthropic:claude-fable-5-1',
  ]) {
    const price = listPrice(spec);
    expect(price?.cachedInput).toBeLessThan(price?.input ?? 0);
    expect(price?.output).toBeGreaterThan(price?.input ?? 0);
  }
});

test.each([
  ['1,10', { input: 1, cachedInput: 1, output: 10 }],
  [' 0.1 , 0.01 , 0.5 ', { input: 0.1, cachedInput: 0.01, output: 0.5 }],
  ['0,0', { input: 0, cachedInput: 0, output: 0 }],
  ['1', null],
  ['1,2,3,4', null],
  ['1,', null],
  ['a,b', null],
  ['-1,2', null],
  ['', null],
])('--price %s is read as %j', (text, price) => {
  expect(parsePrice(text)).toEqual(price);
});

const askFor = async (pricing: unknown, price?: Price) => {
  const server = await startProviderServer({ models: ['meta/llama'], pricing });
  const settings = { environment: {}, ...(price ? { price } : {}) };
  const handle = modelAt(`openrouter:meta/llama@${server.baseUrl}`, settings);
  const asked = await askProviders([handle], settings);
  return { isReady: asked.ok, price: handle.price };
};

test.each([
  [
    { prompt: '0.0000002', completion: '0.0000006', input_cache_read: '0.00000005', request: '0' },
    { input: 0.2, cachedInput: 0.05, output: 0.6, asOf: 'today' },
  ],
  [
    { input: 0.88, output: 0.88, base: 0 },
    { input: 0.88, cachedInput: 0.88, output: 0.88, asOf: 'today' },
  ],
  [{ prompt: '-1', completion: '-1' }, null],
  [{ prompt: 'free', completion: null }, null],
  ['0.2', null],
])('a server that lists %j asks for %j', async (pricing, expected) => {
  const { isReady, price } = await askFor(pricing);
  expect(isReady).toBe(true);
  if (expected === null) expect(price).toBeNull();
  else
    for (const [name, rate] of Object.entries(expected)) {
      if (typeof rate === 'string') expect(price).toHaveProperty(name, rate);
      else expect(price?.[name as 'input']).toBeCloseTo(rate, 10);
    }
});

test('a price that a person gave goes before the one that a server lists', async () => {
  const own = { input: 1, cachedInput: 1, output: 2 };
  expect((await askFor({ prompt: '0.1', completion: '0.1' }, own)).price).toEqual(own);
});
