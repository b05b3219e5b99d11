import type { CallRecord } from './calls.ts';
import type { BodyOf, EventBody } from './events.ts';

/** What a debate has used so far, failed attempts included. */
export interface Totals {
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  /** Part of the input that providers wrote to their prompt caches. */
  cacheWriteTokens: number;
  /** True where any count is an estimate. */
  isEstimated: boolean;
  /** US dollars; the known part where `unpricedCalls` is above 0. */
  costUsd: number;
  /** Those of the calls that used tokens of a model without a known price. */
  unpricedCalls: number;
  /** Every time a model was asked, whether a whole reply came or not. */
  calls: number;
  /** Those of the calls that gave no whole reply. */
  failedAttempts: number;
}

export const noTotals: Totals = {
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  isEstimated: false,
  costUsd: 0,
  unpricedCalls: 0,
  calls: 0,
  failedAttempts: 0,
};

/** What one event's calls used, failed attempts included. */
export type UsedCall = Pick<CallRecord, 'usage' | 'costUsd'>;

/** The calls that an event records. */
export function callsOfEvent(event: EventBody): readonly UsedCall[] {
  switch (event.type) {
    case 'turn-ended':
    case 'caucus-spoken':
    case 'statement-answered':
      return event.author === 'person' ? [] : [event];
    case 'speech-drafted':
    case 'facts-traced':
    case 'caucus-called':
    case 'caucus-read':
    case 'poll-answered':
    case 'statement-drafted':
      return [event];
    case 'verdict-given':
    case 'speaker-picked':
      return event.calls;
    case 'attempt-failed':
      return event.usage ? [{ usage: event.usage, costUsd: event.costUsd }] : [];
    case 'debate-started':
    case 'debate-resumed':
    case 'question-asked':
    case 'debate-ended':
      return [];
  }
}

/** Totals with what an event used. */
export function totalsAfter(totals: Totals, event: EventBody): Totals {
  return event.type === 'attempt-failed'
    ? withFailedAttempt(totals, event)
    : totalsWith(totals, callsOfEvent(event));
}

/** Totals with calls added that were made since. */
export function totalsWith(totals: Totals, calls: readonly UsedCall[]): Totals {
  let sum = totals;
  for (const call of calls) sum = { ...withUsage(sum, call), calls: sum.calls + 1 };
  return sum;
}

function withFailedAttempt(totals: Totals, event: BodyOf<'attempt-failed'>): Totals {
  const counted = { ...totals, calls: totals.calls + 1, failedAttempts: totals.failedAttempts + 1 };
  return event.usage === null ? counted : withUsage(counted, { usage: event.usage, costUsd: event.costUsd });
}

function withUsage(totals: Totals, { usage, costUsd }: UsedCall): Totals {
  return {
    ...totals,
    inputTokens: totals.inputTokens + usage.inputTokens,
    outputTokens: totals.outputTokens + usage.outputTokens,
    cachedTokens: totals.cachedTokens + usage.cachedTokens,
    cacheWriteTokens: totals.cacheWriteTokens + (usage.cacheWriteTokens ?? 0),
    isEstimated: totals.isEstimated || usage.estimated,
    costUsd: totals.costUsd + (costUsd ?? 0),
    unpricedCalls: totals.unpricedCalls + (costUsd === null ? 1 : 0),
  };
}
