import { expect, test } from 'vitest';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { costOf, parsePrice } from '../../src/models/prices.ts';
import { findProvider } from '../../src/models/providers/built-in-providers.ts';

function listPrice(text: string) {
  const spec = parseModelSpec(text);
  if (!spec.ok) throw new Error(spec.failure.message);
  return findProvider(spec.value.provider)?.listPrice?.(spec.value.name) ?? null;
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
