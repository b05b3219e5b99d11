import type { Usage } from '../debate/calls.ts';
import type { Price } from './types.ts';

/** What runs at home. */
export const free: Price = { input: 0, cachedInput: 0, output: 0 };

/** A model's price in a provider's list; dated snapshots cost what their model costs. null where it is not there. */
export function priceIn(list: Readonly<Record<string, Price>>, model: string, asOf: string): Price | null {
  const price = list[model] ?? list[model.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '')];
  return price ? { ...price, asOf } : null;
}

/** What the same tokens cost in a job of OpenAI's Batch API: half, as listed on the pages above. */
export function jobPrice(price: Price | null): Price | null {
  if (price === null) return null;
  const { longPrompt, ...rates } = price;
  if (!longPrompt) return halved(rates);
  return { ...halved(rates), longPrompt: { ...halved(longPrompt), above: longPrompt.above } };
}

function halved({ input, cachedInput, cacheWrite, output }: Omit<Price, 'longPrompt' | 'asOf'>): Price {
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

/** US dollars for what a call used; null where the price is unknown. */
export function costOf(usage: Usage, cacheWriteTokens: number, price: Price | null): number | null {
  if (price === null) return null;
  const { inputTokens, outputTokens, cachedTokens } = usage;
  const isLong = price.longPrompt !== undefined && inputTokens > price.longPrompt.above;
  const rate = isLong && price.longPrompt ? price.longPrompt : price;
  const written = Math.min(cacheWriteTokens, inputTokens - cachedTokens);
  const fresh = inputTokens - cachedTokens - written;
  const dollars =
    fresh * rate.input +
    cachedTokens * rate.cachedInput +
    written * (rate.cacheWrite ?? rate.input) +
    outputTokens * rate.output;
  return dollars / 1_000_000;
}
