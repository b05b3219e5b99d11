import type { RunSignal } from '../debate/notices.ts';
import { sanitizeText } from './sanitize.ts';

/**
 * Every string of a signal made safe, once, where it enters a front end. Deltas pass as they are: a sequence may be
 * cut between two of them, so they are made safe where they are put together.
 */
export function sanitizeSignal(signal: RunSignal): RunSignal {
  if (signal.kind === 'notice' && signal.notice.type === 'turn-delta') return signal;
  return sanitizeDeep(signal);
}

function sanitizeDeep<Value>(value: Value): Value {
  if (typeof value === 'string') return sanitizeText(value) as Value;
  if (Array.isArray(value)) return value.map(sanitizeDeep) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, held]) => [sanitizeText(key), sanitizeDeep(held)]);
  return Object.fromEntries(entries) as Value;
}
