import type { RunSignal } from '../debate/notices.ts';
import { sanitizeDeep } from '../text/sanitize.ts';

/**
 * Every string of a signal made safe, once, where it enters a front end. Deltas pass as they are: a sequence may be
 * cut between two of them, so they are made safe where they are put together.
 */
export function sanitizeSignal(signal: RunSignal): RunSignal {
  if (signal.kind === 'notice' && signal.notice.type === 'turn-delta') return signal;
  return sanitizeDeep(signal);
}
