import type { LedgerEntry } from '../ledger.ts';
import type { Letting } from './debate-claims.ts';

/** A debate is set aside once it was tried so often without a turn being finished. */
export const mostTries = 5;

/** What a debate has to show for a try: speeches and verdicts. */
export function progressOf(entry: LedgerEntry | undefined): number {
  if (entry === undefined || entry.state === 'empty' || entry.summary === null) return 0;
  return entry.summary.turns + entry.summary.rounds;
}

/** After a try that failed: into the queue again, later each time, or aside. */
export function afterFailing(tries: number, why: string, leaseMs: number): Letting {
  if (tries >= mostTries) return { to: 'set-aside', why };
  return { to: 'waiting', waitMs: (leaseMs / 6) * 3 ** (tries - 1), tries, why, hasFailed: true };
}

/** After a try that says nothing against the debate: it was stopped, or its journal could not be had. */
export function afterNoTry(tries: number, why: string | null, waitMs: number): Letting {
  return { to: 'waiting', waitMs, tries: Math.max(0, tries - 1), why, hasFailed: false };
}
