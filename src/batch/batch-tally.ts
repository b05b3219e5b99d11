import { createTotals, type RunTotals } from '../run/catalogue/run-summary.ts';
import type { Ledger } from './ledger.ts';
import { type DebateOutcome, type Task, type TaskSurroundings, tasksOf } from './planned-debate.ts';
import type { Spending } from './spending.ts';

/** What became of the debates of a batch, those of earlier runs included. */
export interface BatchTally {
  /** Over, failed, passed over because another process runs them, begun and not over. */
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unfinished: number;
  /** Debates that are over, by arm. */
  arms(): { arm: string; totals: RunTotals }[];
  add(task: Task, outcome: DebateOutcome): void;
}

/** Counts what earlier runs of the same plan did, too: what they used counts against its budget. */
export function createTally(
  options: TaskSurroundings & { ledger: Ledger; retryFailed: boolean },
  spending: Spending,
): BatchTally {
  const counts = { done: 0, failed: 0, skipped: 0, unfinished: 0 };
  const byArm = new Map(options.plan.arms.map(({ id }) => [id, createTotals()]));
  for (const { debate, entry } of tasksOf(options.plan, options)) {
    if (entry === undefined || entry.state === 'empty') continue;
    if (entry.state === 'done') {
      counts.done += 1;
      byArm.get(debate.arm.id)?.add(entry.summary);
    }
    if (entry.state === 'failed' && !options.retryFailed) counts.failed += 1;
    if (!entry.summary) continue;
    const { costUsd: usd, inputTokens, outputTokens, unpricedCalls } = entry.summary;
    spending.add({ usd, tokens: inputTokens + outputTokens, unpricedCalls });
  }
  return {
    get done() {
      return counts.done;
    },
    get failed() {
      return counts.failed;
    },
    get skipped() {
      return counts.skipped;
    },
    get unfinished() {
      return counts.unfinished;
    },
    arms: () => [...byArm].map(([arm, sum]) => ({ arm, totals: sum.totals() })),
    add({ debate }, outcome) {
      counts[outcome.state] += 1;
      if (outcome.state === 'done') byArm.get(debate.arm.id)?.add(outcome.summary);
    },
  };
}
