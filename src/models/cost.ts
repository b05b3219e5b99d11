import type { Usage } from '../debate/calls.ts';
import type { Price } from './types.ts';

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
