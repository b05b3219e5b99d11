import { planPaidInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import { placeOfPlan } from '../../batch/open-batch.ts';
import { connectDatabase, type PlanDatabase } from '../../batch/workers/plan-database.ts';
import {
  estimateSubmission,
  type OpenSubmission,
  openSubmission,
  submit as submitOpen,
} from '../../batch/workers/submit-plan.ts';
import { outlookInWords } from '../batch/batch-words.ts';
import {
  agreeToSpend,
  callLimits,
  complainOfPlan,
  planJobsInWords,
  planRequest,
} from '../batch/plan-request.ts';
import type { BatchValues } from '../batch-options.ts';
import { complain, need, say, sayLines } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { closingAfter } from '../with-runs.ts';

interface Asked {
  file: string;
  address: string;
  options: BatchValues;
}

/** `parley batch PLAN --on ADDRESS`: puts a plan into a database, for workers to run. */
export async function submit({ file, address, options }: Asked, environment: Environment): Promise<number> {
  const { retryFailed } = options;
  const asked = await planRequest(file, options, environment);
  const opened = await openSubmission({ ...asked, limits: callLimits(options), retryFailed });
  if (!opened.ok) return complainOfPlan(environment, opened);
  const { plan, prompts } = opened.value;
  const place = placeOfPlan(options.transcripts, file, plan);
  const planned = { plan, prompts, place, ledger: new Map() };
  const paid = await planPaidInJobs(planned, { inJobs: false, retryFailed });
  if (paid !== null) return complain(environment, planJobsInWords(paid));
  if (options.dryRun) return foretell(opened.value, address, environment);
  const database = need(await connectDatabase(address, { max: 4, prepares: true }));
  return closingAfter(database.close, () => submitOpened(opened.value, database, options, environment));
}

async function submitOpened(
  open: OpenSubmission,
  database: PlanDatabase,
  options: BatchValues,
  environment: Environment,
): Promise<number> {
  const estimate = await estimateSubmission(open, database.pool);
  sayLines(environment, outlookInWords(open, estimate, options.retryFailed));
  // Whether the providers have the models is for the workers to find out: this machine may have no key.
  const asked = { ...options, probe: false };
  const refusal = await agreeToSpend(
    { models: open.models, estimate, budgetUsd: open.plan.budget.usd },
    asked,
    environment,
  );
  if (refusal !== null) return refusal;
  const { added } = need(await submitOpen(open, estimate, database));
  sayLines(environment, [
    `${open.id} is in ${database.place}: ${estimate.debates.planned} debates, ${added} of them new.`,
    `Run them on any machine with: parley worker ${database.place}`,
    `Show their progress with: parley status ${database.place}`,
  ]);
  return exitCode.done;
}

/** What a plan would take, changing nothing: a database that is not ready yet holds nothing of it. */
async function foretell(open: OpenSubmission, address: string, environment: Environment): Promise<number> {
  const database = await connectDatabase(address, { max: 1, prepares: false });
  if (!database.ok) say(environment, `What is already done is unknown: ${database.failure.message}`);
  const estimate = await estimateSubmission(open, database.ok ? database.value.pool : null);
  if (database.ok) await database.value.close();
  sayLines(environment, outlookInWords(open, estimate, open.request.retryFailed));
  return exitCode.done;
}
