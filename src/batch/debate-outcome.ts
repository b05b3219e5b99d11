import type { RunSummary } from '../run/catalogue/run-summary.ts';
import type { Held } from './planned-debate.ts';

/** What became of a debate of a batch. */
export type DebateOutcome =
  | { state: 'done' | 'unfinished'; summary: RunSummary }
  | { state: 'failed' | 'skipped'; why: string };

export function outcomeOf(held: Held): DebateOutcome {
  if (held.state === 'broken') {
    const { reason, message } = held.failure;
    const isElsewhere = reason === 'locked' || reason === 'lease-lost';
    return { state: isElsewhere ? 'skipped' : 'failed', why: message };
  }
  const { summary } = held;
  if (summary.ending === 'failed') return { state: 'failed', why: summary.detail };
  const isOver = summary.ending !== null && summary.ending !== 'stopped';
  return { state: isOver ? 'done' : 'unfinished', summary };
}
