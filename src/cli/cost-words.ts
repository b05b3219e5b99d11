import type { Estimate } from '../run/estimate.ts';
import { count, counted, dollars } from '../text/figures.ts';

/** `12 calls, 4.1k tokens in and 2.0k out`. */
export function usedInWords({
  calls,
  inputTokens,
  outputTokens,
}: Pick<Estimate, 'calls' | 'inputTokens' | 'outputTokens'>): string {
  return `${count(calls)} call${calls === 1 ? '' : 's'}, ${count(inputTokens)} tokens in and ${count(outputTokens)} out`;
}

/** The same with what it costs; `prices` says by which prices. */
export function estimateInWords(estimate: Estimate, prices = ''): string {
  const { costUsd } = estimate;
  const cost =
    costUsd === null
      ? 'an unknown cost (give --price)'
      : `${dollars(costUsd)}${prices} before cache discounts`;
  return `${usedInWords(estimate)}, ${cost}`;
}

/** What calls took that a command made by itself: `2 calls, $0.0312`. */
export function paidInWords(calls: readonly { costUsd: number | null }[]): string {
  const sum = calls.reduce<number | null>(
    (total, { costUsd }) => (total === null || costUsd === null ? null : total + costUsd),
    0,
  );
  return `${counted(calls.length, 'call')}, ${sum === null ? 'at an unknown price' : dollars(sum)}`;
}
