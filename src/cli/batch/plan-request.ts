import type { PlanEstimate } from '../../batch/estimate-plan.ts';
import type { PaidInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import type { BatchRequest } from '../../batch/open-batch.ts';
import type { PlanRequest } from '../../batch/open-plan.ts';
import type { FaultyPlan } from '../../batch/parse-plan.ts';
import type { PlanModels } from '../../batch/plan-models.ts';
import type { CallLimits } from '../../batch/rate-limiters.ts';
import { askProviders } from '../../models/probe.ts';
import { pricedModels } from '../../run/role-models.ts';
import { faultInWords } from '../../source/source-fault.ts';
import { counted } from '../../text/figures.ts';
import type { batchOptions } from '../batch-options.ts';
import type { OptionValues } from '../command.ts';
import { complain, need, say } from '../complain.ts';
import { type Environment, scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { modelSettings, rolesIn } from '../models.ts';
import { agreeToCost } from '../spending.ts';

/** The options of commands that run many debates. */
export type BatchOptionValues = OptionValues<typeof batchOptions>;

/** The plan that was asked for, as a use case takes it. */
export async function planRequest(
  file: string,
  options: BatchOptionValues,
  environment: Environment,
): Promise<PlanRequest> {
  const { count, budget: budgetUsd, budgetTokens, model, judge: judges } = options;
  return {
    ...{ file, count, budgetUsd, budgetTokens, model, judges, stdin: environment.stdin },
    roles: need(await rolesIn(options.roles, environment)),
    settings: modelSettings(options, environment),
    places: scenarioPlaces(environment),
    keepsThoughts: options.keepThoughts,
  };
}

/** The same with how its debates are run on this machine. */
export async function batchRequest(
  file: string,
  options: BatchOptionValues & { transcripts: string },
  environment: Environment,
): Promise<BatchRequest> {
  const { transcripts, retryFailed, openaiBatch, dryRun } = options;
  return {
    ...(await planRequest(file, options, environment)),
    ...{ transcripts, retryFailed, inJobs: openaiBatch, isDryRun: dryRun, limits: callLimits(options) },
  };
}

type LimitValues = Pick<BatchOptionValues, 'concurrency' | 'rpm' | 'tpm'>;

export function callLimits({ concurrency, rpm, tpm }: LimitValues): CallLimits {
  return { mostCalls: concurrency, requestsPerMinute: rpm, tokensPerMinute: tpm };
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
  asked: {
    models: Pick<PlanModels, 'handles'>;
    estimate: Pick<PlanEstimate, 'costUsd'>;
    budgetUsd: number | null;
  },
  { probe, yes, baseUrl }: Pick<BatchOptionValues, 'probe' | 'yes' | 'baseUrl'>,
  environment: Environment,
): Promise<number | null> {
  const models = [...asked.models.handles.values()];
  const where = { environment: environment.variables, ...(baseUrl === null ? {} : { baseUrl }) };
  if (probe) need(await askProviders(models, where));
  need(pricedModels(asked.budgetUsd, models));
  return agreeToCost(asked.estimate.costUsd, { yes }, environment);
}
