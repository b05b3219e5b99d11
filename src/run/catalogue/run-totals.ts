import type { RunSummary } from './run-summary.ts';

/** Runs counted together. */
export interface RunTotals {
  runs: number;
  /** How many ended for which reason; those without an end stand under `unfinished`. */
  endings: Record<string, number>;
  /** Mean of C after the last round over the runs that have one; null where none has. */
  meanConvergence: number | null;
  turns: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  unpricedCalls: number;
}

/** Adds up runs as they come; memory is one set of numbers. */
export function createTotals(): { add(summary: RunSummary): void; totals(): RunTotals } {
  const sum = { runs: 0, turns: 0, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpricedCalls: 0 };
  const endings: Record<string, number> = {};
  let [convergence, measured] = [0, 0];
  return {
    add(summary) {
      sum.runs += 1;
      for (const key of [
        'turns',
        'calls',
        'inputTokens',
        'outputTokens',
        'costUsd',
        'unpricedCalls',
      ] as const)
        sum[key] += summary[key];
      const ending = summary.ending ?? 'unfinished';
      endings[ending] = (endings[ending] ?? 0) + 1;
      if (summary.convergence === null) return;
      convergence += summary.convergence;
      measured += 1;
    },
    totals: () => ({
      ...sum,
      endings: { ...endings },
      meanConvergence: measured === 0 ? null : convergence / measured,
    }),
  };
}
