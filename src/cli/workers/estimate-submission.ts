import { estimatePlan, type PlanEstimate } from '../../batch/estimate-plan.ts';
import { entryFor, type Ledger, type LedgerEntry } from '../../batch/ledger.ts';
import type { readSubmitted } from '../../batch/workers/plan-status.ts';
import type { Settings } from '../../debate/setup.ts';
import { type RunSummary, runSummarySchema } from '../../run/catalogue/run-summary.ts';
import type { BatchCommandOptions } from '../batch/options.ts';
import type { ReadyPlan } from './ready-plan.ts';

type Submitted = Awaited<ReturnType<typeof readSubmitted>>;

/** What is left of a plan once what the database holds of it is taken off. */
export async function estimateSubmission(
  { plan, prompts, models }: ReadyPlan,
  submitted: Submitted,
  options: BatchCommandOptions,
): Promise<PlanEstimate> {
  const ledger = ledgerOf(submitted, plan.settings);
  return estimatePlan({
    ...{ plan, prompts, models, ledger },
    retryFailed: options.retryFailed === true,
    callsAtOnce: options.concurrency,
    requestsPerMinute: options.rpm ?? null,
    tokensPerMinute: options.tpm ?? null,
  });
}

function ledgerOf(submitted: Submitted, settings: Settings): Ledger {
  const ledger: Ledger = new Map();
  for (const { debate, state, why, summary: stored } of submitted) {
    const summary = runSummarySchema.safeParse(stored).data ?? null;
    if (state === 'set-aside') ledger.set(debate, { state: 'failed', why: why ?? '', summary });
    else if (summary) ledger.set(debate, entryOf(summary, settings));
  }
  return ledger;
}

/** A debate that failed and waits to be tried again is not over. */
function entryOf(summary: RunSummary, settings: Settings): LedgerEntry {
  const entry = entryFor(summary, settings);
  return entry.state === 'failed' ? { state: 'unfinished', summary } : entry;
}
