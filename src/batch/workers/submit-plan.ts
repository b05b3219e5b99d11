import type { Pool } from 'pg';
import type { Price } from '../../models/types.ts';
import type { DebateEstimate } from '../../run/estimate.ts';
import type { PlanEstimate } from '../estimate-plan.ts';
import { expandPlan, type PlannedCell, type PlannedDebate } from '../expand-plan.ts';
import type { Plan } from '../plan.ts';
import type { PlanPrompts } from '../plan-prompts.ts';
import type { CallLimits } from '../rate-limiters.ts';
import type { DebateQueue } from './queue.ts';
import { createPromptKeeper, planId } from './stored-plan.ts';

export interface Submission {
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
export async function submitPlan(submission: Submission): Promise<{ id: string; added: number }> {
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
    [
      id,
      file,
      JSON.stringify(plan),
      price === null ? null : JSON.stringify(price),
      plan.budget.usd,
      plan.budget.tokens,
    ],
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
