import type { PlanEstimate } from '../../batch/estimate-plan.ts';
import type { PaidInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import type { BatchRequest } from '../../batch/open-batch.ts';
import type { PlanRequest } from '../../batch/open-plan.ts';
import type { FaultyPlan } from '../../batch/parse-plan.ts';
import type { PlanModels } from '../../batch/plan-models.ts';
import type { CallLimits } from '../../batch/rate-limiters.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { askProviders } from '../../models/ask-providers.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import { pricedModels } from '../../run/role-models.ts';
import { faultInWords } from '../../source/source-fault.ts';
import { counted } from '../../text/figures.ts';
import type { batchOptions } from '../batch-options.ts';
import type { OptionValues } from '../command.ts';
import { complain, say } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { modelSettings, rolesIn } from '../models.ts';
import { scenarioPlaces } from '../scenario-places.ts';
import { agreeToCost } from '../spending.ts';

/** The options of commands that run many debates. */
export type BatchOptionValues = OptionValues<typeof batchOptions>;

/** The plan that was asked for, as a use case takes it. */
export async function planRequest(
  file: string,
  options: BatchOptionValues,
  environment: Environment,
): Promise<Outcome<PlanRequest>> {
  const { count, budget, budgetTokens, model, judge: judges } = options;
  const { variables, stdin } = environment;
  const roles = await rolesIn(options.roles, environment);
  if (!roles.ok) return roles;
  const settings = modelSettings(options, environment);
  const places = scenarioPlaces({ variables });
  const limits = { count, budgetUsd: budget, budgetTokens };
  const { keepThoughts: keepsThoughts } = options;
  return success({
    ...{ file, ...limits, model, roles: roles.value, judges, settings, stdin, places, keepsThoughts },
  });
}

/** The same with how its debates are run on this machine. */
export async function batchRequest(
  file: string,
  options: BatchOptionValues & { transcripts: string },
  environment: Environment,
): Promise<Outcome<BatchRequest>> {
  const { transcripts, retryFailed, openaiBatch, dryRun } = options;
  const asked = await planRequest(file, options, environment);
  if (!asked.ok) return asked;
  return success({
    ...asked.value,
    ...{ transcripts, retryFailed, inJobs: openaiBatch, isDryRun: dryRun },
    limits: callLimits(options),
  });
}

export function callLimits({
  concurrency,
  rpm,
  tpm,
}: Pick<BatchOptionValues, 'concurrency' | 'rpm' | 'tpm'>): CallLimits {
  return { mostCalls: concurrency, requestsPerMinute: rpm, tokensPerMinute: tpm };
}

/** LangChain would send what debates say to a tracing service that the environment names. */
export function silenceTracing(environment: Environment): void {
  tameProcess(environment, tracingVariables);
}

/** Reports every fault of a plan and the files it names; gives the exit code for it. */
export function complainOfPlan(environment: Environment, { failure, faults }: FaultyPlan): number {
  if (faults.length === 0) return complain(environment, failure);
  for (const fault of faults) say(environment, faultInWords(fault));
  return exitCode.failed;
}

/** What to do about calls of a plan that went into jobs and would be paid for again. */
export function planJobsInWords(paid: PaidInJobs): string {
  const { folder } = paid;
  if (paid.reason === 'unreadable-jobs') {
    return `The record of the jobs in ${folder} cannot be read, so it is unknown what was paid for. Restore it, or delete the folder to pay again.`;
  }
  return `${counted(paid.calls, 'call')} of these debates went to OpenAI in jobs, and would be paid for again. Add --openai-batch to use their answers. To discard them, delete ${folder}.`;
}

/** The same for a single run. */
export function runJobsInWords(run: string, paid: PaidInJobs): string {
  if (paid.reason === 'unreadable-jobs') {
    return `${run} belongs to a batch whose record of jobs in ${paid.folder} cannot be read, so it is unknown what was paid for. Restore it, or add --pay-again to continue anyway.`;
  }
  return `${counted(paid.calls, 'call')} of ${run} went to OpenAI in jobs of a batch, and would be paid for again. Run that batch again with --openai-batch to use their answers, or add --pay-again to continue without them.`;
}

/** Asks the providers and the person before anything is spent; null to go on, else the exit code. */
export async function agreeToSpend(
  {
    models,
    estimate,
    budgetUsd,
  }: {
    models: Pick<PlanModels, 'handles'>;
    estimate: Pick<PlanEstimate, 'costUsd'>;
    budgetUsd: number | null;
  },
  { probe, yes, baseUrl }: Pick<BatchOptionValues, 'probe' | 'yes' | 'baseUrl'>,
  environment: Environment,
): Promise<number | null> {
  if (probe) {
    const where = { environment: environment.variables, ...(baseUrl === null ? {} : { baseUrl }) };
    const asked = await askProviders([...models.handles.values()], where);
    if (!asked.ok) return complain(environment, asked.failure);
  }
  const priced = pricedModels(budgetUsd, [...models.handles.values()]);
  if (!priced.ok) return complain(environment, priced.failure);
  return agreeToCost(estimate.costUsd, { yes }, environment);
}
