import type { Pool } from 'pg';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type { Settings } from '../../debate/setup.ts';
import { builtInProviders } from '../../models/providers/built-in-providers.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import { type RunSummary, runSummarySchema } from '../../run/catalogue/run-summary.ts';
import { estimatePlan, type PlanEstimate } from '../estimate-plan.ts';
import { type OpenPlan, openPlan, type PlanRequest } from '../open-plan.ts';
import { cannotRun, type FaultyPlan } from '../parse-plan.ts';
import { createPlanModels, type PlanModels } from '../plan-models.ts';
import { entryFor, type Ledger, type LedgerEntry } from '../planned-debate.ts';
import type { CallLimits } from '../rate-limiters.ts';
import { connectQueue, type PlanDatabase } from './plan-database.ts';
import { readSubmitted } from './plan-status.ts';
import { planId } from './stored-plan.ts';
import { submitPlan } from './submit-plan.ts';

export interface SubmissionRequest extends PlanRequest {
  /** Over all workers. */
  limits: CallLimits;
  /** Are debates that were set aside tried again? */
  retryFailed: boolean;
}

/** A plan with all it takes to submit it; no database was asked yet. */
export interface OpenSubmission extends OpenPlan {
  /** Names the plan in a database. */
  id: string;
  models: PlanModels;
  request: SubmissionRequest;
}

/** Checks everything of a plan that can be checked for nothing and without a key. */
export async function openSubmission(
  request: SubmissionRequest,
): Promise<{ ok: true; value: OpenSubmission } | FaultyPlan> {
  const opened = await openPlan(request);
  if (!opened.ok) return opened;
  const { plan, prompts } = opened.value;
  if (plan.keepThoughts)
    return cannotRun(
      failure(
        'no-place-for-thoughts',
        'Thoughts are kept in files beside the journals of one machine, and this plan is for workers. Run it on one machine, or keep no thoughts.',
      ),
    );
  const models = createPlanModels(plan, withoutNeedOfKeys(request.settings));
  if (!models.ok) return cannotRun(models);
  const id = planId(request.file, plan, prompts.fingerprints);
  return { ok: true, value: { ...opened.value, id, models: models.value, request } };
}

/** Only prices are asked of these models; keys are the workers'. */
function withoutNeedOfKeys(settings: ModelSettings): ModelSettings {
  const environment = { ...settings.environment };
  for (const { keyVariables } of [...(settings.providers ?? []), ...builtInProviders]) {
    for (const variable of keyVariables) environment[variable] ||= 'not-needed-here';
  }
  return { ...settings, environment };
}

/** What is left of a plan once what a database holds of it is taken off; null where no database can be asked. */
export async function estimateSubmission(open: OpenSubmission, pool: Pool | null): Promise<PlanEstimate> {
  const { id, plan, prompts, models, request } = open;
  const submitted = pool ? await readSubmitted(pool, id) : [];
  const ledger = ledgerOf(submitted, plan.settings);
  const { retryFailed, limits } = request;
  return estimatePlan({ plan, prompts, models, ledger, retryFailed, limits });
}

function ledgerOf(submitted: Awaited<ReturnType<typeof readSubmitted>>, settings: Settings): Ledger {
  const ledger: Ledger = new Map();
  for (const { debate, state, why, summary: stored } of submitted) {
    const summary = runSummarySchema.safeParse(stored).data ?? null;
    if (state === 'set-aside') ledger.set(debate, { state: 'failed', why: why ?? '', summary });
    else if (summary) ledger.set(debate, entryOf(summary, settings));
  }
  return ledger;
}

/** A debate that failed and waits to be retried is not over. */
function entryOf(summary: RunSummary, settings: Settings): LedgerEntry {
  const entry = entryFor(summary, settings);
  return entry.state === 'failed' ? { state: 'unfinished', summary } : entry;
}

/** Puts a plan into a database, for workers to run; gives how many debates were not there before. */
export async function submit(
  { plan, prompts, models, request }: OpenSubmission,
  estimate: PlanEstimate,
  database: PlanDatabase,
): Promise<Outcome<{ added: number }>> {
  const queue = await connectQueue(database, { type: 'submitter' });
  if (!queue.ok) return queue;
  const { file, retryFailed, settings, limits } = request;
  try {
    const { added } = await submitPlan({
      ...{ pool: database.pool, queue: queue.value, file, plan, prompts, retryFailed, limits, estimate },
      price: settings.price ?? null,
      providers: [...new Set([...models.handles.keys()].map((spec) => spec.split(':')[0] ?? ''))],
    });
    return success({ added });
  } finally {
    await queue.value.close();
  }
}
