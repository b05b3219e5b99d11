import type { Price } from './types.ts';

/** OpenAI since GPT-5.4: a prompt above 272,000 tokens doubles the input rates and costs half as much again for output. */
function openai(input: number, cachedInput: number, output: number, cacheWrite = input): Price {
  const longPrompt = {
    above: 272_000,
    input: 2 * input,
    cachedInput: 2 * cachedInput,
    cacheWrite: 2 * cacheWrite,
    output: 1.5 * output,
  };
  return { input, cachedInput, cacheWrite, output, longPrompt };
}

/** Anthropic charges a quarter more for input that goes into the five-minute cache. */
function anthropic(input: number, cachedInput: number, output: number): Price {
  return { input, cachedInput, cacheWrite: 1.25 * input, output };
}

/**
 * List prices in US dollars per million tokens, standard processing, as listed in October and November 2026 on:
 *   https://developers.openai.com/api/docs/pricing and the page of each model below /api/docs/models/
 *   https://platform.claude.com/docs/en/about-claude/pricing
 * Prices change: `--price` overrides them, and models that are not here have no price rather than a guessed one.
 */
const table: Record<string, Price> = {
  'openai:gpt-6.2-sol': openai(2, 0.1, 10, 2.5),
  'openai:gpt-6-astra': openai(10, 1, 50, 12.5),
  'openai:gpt-6.1-sol': openai(2, 0.1, 10, 2.5),
  'openai:gpt-6.1-terra': openai(1, 0.05, 5, 1.25),
  'openai:gpt-6-sol': openai(2, 0.2, 10, 2.5),
  'openai:gpt-6-luna': openai(0.1, 0.01, 0.5, 0.125),
  'openai:gpt-5.6-sol': openai(4, 0.4, 20, 5),
  'openai:gpt-5.6-terra': openai(2, 0.2, 12, 2.5),
  'openai:gpt-5.6-luna': openai(0.2, 0.02, 1.2, 0.25),
  'openai:gpt-5.5': openai(5, 0.5, 30),
  'openai:gpt-5.4': openai(2.5, 0.25, 15),
  'openai:gpt-5.4-mini': { input: 0.75, cachedInput: 0.075, output: 4.5 },
  'openai:gpt-5.4-nano': { input: 0.2, cachedInput: 0.02, output: 1.25 },
  'openai:gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14 },
  'openai:gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10 },
  'openai:gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'openai:gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'openai:gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'openai:gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'anthropic:claude-fable-5-1': anthropic(10, 0.25, 50),
  'anthropic:claude-fable-5': anthropic(10, 1, 50),
  'anthropic:claude-opus-5-5': anthropic(4, 0.2, 20),
  'anthropic:claude-opus-5': anthropic(5, 0.5, 25),
  'anthropic:claude-opus-4-8': anthropic(5, 0.5, 25),
  'anthropic:claude-opus-4-7': anthropic(5, 0.5, 25),
  'anthropic:claude-opus-4-6': anthropic(5, 0.5, 25),
  'anthropic:claude-opus-4-5': anthropic(5, 0.5, 25),
  'anthropic:claude-sonnet-5-5': anthropic(2, 0.1, 10),
  'anthropic:claude-sonnet-5': anthropic(2, 0.2, 10),
  'anthropic:claude-sonnet-4-6': anthropic(3, 0.3, 15),
  'anthropic:claude-sonnet-4-5': anthropic(3, 0.3, 15),
  'anthropic:claude-haiku-5-5': {
    ...anthropic(0.1, 0.01, 0.5),
    longPrompt: { above: 100_000, ...anthropic(0.5, 0.05, 2.5) },
  },
  'anthropic:claude-haiku-4-5': anthropic(1, 0.1, 5),
};

const free: Price = { input: 0, cachedInput: 0, output: 0 };

/** The list price of a model by its spec; dated snapshots cost what their model costs. null where it is not known. */
export function listPrice(spec: string): Price | null {
  if (spec === 'simulator' || spec.startsWith('ollama:')) return free;
  return table[spec] ?? table[spec.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '')] ?? null;
}

/** What the same tokens cost in a job of OpenAI's Batch API: half, as listed on the pages above. */
export function jobPrice(price: Price | null): Price | null {
  if (price === null) return null;
  const { longPrompt, ...rates } = price;
  if (!longPrompt) return halved(rates);
  return { ...halved(rates), longPrompt: { ...halved(longPrompt), above: longPrompt.above } };
}

function halved({ input, cachedInput, cacheWrite, output }: Omit<Price, 'longPrompt'>): Price {
  return {
    input: input / 2,
    cachedInput: cachedInput / 2,
    ...(cacheWrite === undefined ? {} : { cacheWrite: cacheWrite / 2 }),
    output: output / 2,
  };
}

/** Reads `--price input,output` or `--price input,cached,output`; null where it is neither. */
export function parsePrice(text: string): Price | null {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) return null;
  const [first, second, third, ...more] = numbers;
  if (first === undefined || second === undefined || more.length > 0) return null;
  if (third === undefined) return { input: first, cachedInput: first, output: second };
  return { input: first, cachedInput: second, output: third };
}
