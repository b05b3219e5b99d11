import type { CallRecord } from '../../debate/calls.ts';

/** inspect_ai's ModelUsage. */
export interface ModelUsage {
  input_tokens: number;
  output_tokens: number;
  total_tokens: number;
  input_tokens_cache_read: number;
  /** US dollars; null where a price is unknown. */
  total_cost: number | null;
}

/** A model as Inspect writes it: provider/name. */
export function inspectModel(spec: string): string {
  return spec === 'simulator' ? 'parley/simulator' : spec.replace(':', '/');
}

export function usageByModel(calls: readonly CallRecord[]): Record<string, ModelUsage> {
  const usages: Record<string, ModelUsage> = {};
  for (const { model, usage, costUsd } of calls) {
    const name = inspectModel(model);
    const { inputTokens, outputTokens, cachedTokens } = usage;
    usages[name] = sumOf(usages[name], {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
      input_tokens_cache_read: cachedTokens,
      total_cost: costUsd,
    });
  }
  return usages;
}

/** The usage of several samples together. */
export function usageOfAll(parts: readonly Record<string, ModelUsage>[]): Record<string, ModelUsage> {
  const usages: Record<string, ModelUsage> = {};
  for (const [model, usage] of parts.flatMap((part) => Object.entries(part))) {
    usages[model] = sumOf(usages[model], usage);
  }
  return usages;
}

function sumOf(one: ModelUsage | undefined, other: ModelUsage): ModelUsage {
  if (!one) return other;
  const isPriced = one.total_cost !== null && other.total_cost !== null;
  return {
    input_tokens: one.input_tokens + other.input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
    total_tokens: one.total_tokens + other.total_tokens,
    input_tokens_cache_read: one.input_tokens_cache_read + other.input_tokens_cache_read,
    total_cost: isPriced ? (one.total_cost ?? 0) + (other.total_cost ?? 0) : null,
  };
}
