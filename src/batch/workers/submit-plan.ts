import type { Pool } from 'pg';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type { Settings } from '../../debate/setup.ts';
import { builtInProviders } from '../../models/providers/built-in-providers.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import type { Price } from '../../models/types.ts';
import { type RunSummary, runSummarySchema } from '../../run/catalogue/run-summary.ts';
import type { DebateEstimate } from '../../run/estimate.ts';
import { estimatePlan, type PlanEstimate } from '../estimate-plan.ts';
import { expandPlan, type PlannedCell, type PlannedDebate } from '../expand-plan.ts';
import { type OpenPlan, openPlan, type PlanRequest } from '../open-plan.ts';
import { cannotRun, type FaultyPlan } from '../parse-plan.ts';
import type { Plan } from '../plan.ts';
import { createPlanModels, type PlanModels } from '../plan-models.ts';
import type { PlanPrompts } from '../plan-prompts.ts';
import { entryFor, type Ledger, type LedgerEntry } from '../planned-debate.ts';
import type { CallLimits } from '../rate-limiters.ts';
import { connectQueue, type PlanDatabase } from './plan-database.ts';
import { readSubmitted } from './plan-status.ts';
import type { DebateQueue } from './queue.ts';
import { createPromptKeeper, planId } from './stored-plan.ts';

interface Submission {
  pool: Pool;
  queue: DebateQueue;
  /** The plan file as the person named it. */
  file: string;
  plan: Plan;
  prompts: PlanPrompts;
  price: Price | null;
  /** Brings debates back that were set aside. */
  retryFailed: boolean;
  /** Every provider the plan calls, and what may be asked of each a minute. */
  providers: readonly string[];
  limits: Pick<CallLimits, 'requestsPerMinute' | 'tokensPerMinute'>;
  /** What a whole debate would take. */
  estimate: Pick<PlanEstimate, 'debateOf'>;
}

const atOnce = 500;

/**
 * Puts a plan into the database with all it takes to run it. Submitting it again adds nothing that is there: what is
 * left waits as before, under the new budget and limits. Cut short, submitting it again completes it.
 */
async function submitPlan(submission: Submission): Promise<{ id: string; added: number }> {
  const { pool, queue, plan, prompts } = submission;
  const id = planId(submission.file, plan, prompts.fingerprints);
  await savePlan(id, submission);
  await saveLimits(submission);
  if (submission.retryFailed) {
    await pool.query(
      `update parley.plan_debates set state = 'waiting', tries = 0 where plan = $1 and state = 'set-aside'`,
      [id],
    );
  }
  const keeper = createPromptKeeper(pool);
  let [place, added] = [0, 0];
  let rows: Row[] = [];
  const flush = async () => {
    added += await saveDebates(pool, id, rows);
    const open = await pool.query<{ debate: string }>(
      `select debate from parley.plan_debates where plan = $1 and debate = any($2) and state in ('waiting', 'held') order by place`,
      [id, rows.map(({ debate }) => debate.id)],
    );
    await queue.add(
      id,
      open.rows.map(({ debate }) => debate),
    );
    rows = [];
  };
  for (const cell of expandPlan(plan, prompts.fingerprints)) {
    for (const debate of cell.debates) {
      const hash = await keeper.keep(prompts.promptsOf(debate.arm, cell));
      const expected = await submission.estimate.debateOf(debate.arm, cell);
      rows.push({ place: place++, cell, debate, prompts: hash, expected });
    }
    if (rows.length >= atOnce) await flush();
  }
  await flush();
  return { id, added };
}

interface Row {
  place: number;
  cell: PlannedCell;
  debate: PlannedDebate;
  prompts: string;
  expected: DebateEstimate;
}

/** A budget that is set only now counts what was used before. */
async function savePlan(id: string, { pool, file, plan, price }: Submission): Promise<void> {
  await pool.query(
    `insert into parley.plans as old (plan, file, design, price, budget_usd, budget_tokens)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (plan) do update set
       design = excluded.design, price = excluded.price,
       budget_usd = excluded.budget_usd, budget_tokens = excluded.budget_tokens,
       used_usd = case when old.budget_usd is null and old.budget_tokens is null
         then (select coalesce(sum(usd), 0) from parley.plan_debates where plan = $1) else old.used_usd end,
       used_tokens = case when old.budget_usd is null and old.budget_tokens is null
         then (select coalesce(sum(tokens), 0) from parley.plan_debates where plan = $1) else old.used_tokens end`,
    [id, file, JSON.stringify(plan), price && JSON.stringify(price), plan.budget.usd, plan.budget.tokens],
  );
}

/** The newest word on a provider counts for every plan; none leaves what was said before. */
async function saveLimits({ pool, providers, limits }: Submission): Promise<void> {
  const { requestsPerMinute, tokensPerMinute } = limits;
  if (requestsPerMinute === null && tokensPerMinute === null) return;
  for (const provider of providers) {
    await pool.query(
      `insert into parley.provider_limits as old values ($1, $2, $3)
       on conflict (provider) do update set
         requests_per_minute = coalesce(excluded.requests_per_minute, old.requests_per_minute),
         tokens_per_minute = coalesce(excluded.tokens_per_minute, old.tokens_per_minute)`,
      [provider, requestsPerMinute, tokensPerMinute],
    );
  }
}

/** How many were not there before. */
async function saveDebates(pool: Pool, plan: string, rows: readonly Row[]): Promise<number> {
  const saved = await pool.query<{ isNew: boolean }>(
    `insert into parley.plan_debates as old
       (plan, debate, place, arm, cell, article, seed, prompts, expected_usd, expected_tokens)
     select $1, * from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
       $9::numeric[], $10::numeric[])
     on conflict (plan, debate) do update set
       expected_usd = excluded.expected_usd, expected_tokens = excluded.expected_tokens
     returning xmax = 0 as "isNew"`,
    [
      plan,
      rows.map(({ debate }) => debate.id),
      rows.map(({ place }) => place),
      rows.map(({ debate }) => debate.arm.id),
      rows.map(({ cell }) => cell.id),
      rows.map(({ cell }) => cell.articleUnit),
      rows.map(({ debate }) => debate.seed),
      rows.map(({ prompts }) => prompts),
      rows.map(({ expected }) => expected.costUsd),
      rows.map(({ expected: { inputTokens, outputTokens } }) => inputTokens + outputTokens),
    ],
  );
  return saved.rows.filter(({ isNew }) => isNew).length;
}

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
