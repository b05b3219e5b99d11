import type { OpenBatch } from '../../batch/open-batch.ts';
import { type BatchValues, batchCommandOptions } from '../batch-options.ts';
import { defineCommand } from '../command.ts';
import { complain, misuse, say, sayLines } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley batch`: every debate of a plan, each once, however often it is begun again. */
export const batch = defineCommand({
  description: 'Run every debate of a plan file, or a number of debates of one scenario, each exactly once.',
  argument: { help: 'a plan file, or a scenario' },
  options: batchCommandOptions,
  async action({ args: [plan = ''], options: given }, environment) {
    const { silenceTracing } = await import('../batch/plan-request.ts');
    silenceTracing(environment);
    if (given.on !== null) {
      if (given.timeout !== null)
        return misuse(
          environment,
          '--timeout is for calls of this machine. Give it to parley worker, or set a timeout for a model in the plan.',
        );
      const unfit = given.openaiBatch ? '--openai-batch' : given.cache ? '--cache' : null;
      if (unfit !== null) {
        return misuse(
          environment,
          `${unfit} is for a batch on one machine. Leave it out, or leave out --on.`,
        );
      }
      const { submit } = await import('../workers/submit.ts');
      return submit({ file: plan, address: given.on, options: given }, environment);
    }
    const { openBatch } = await import('../../batch/open-batch.ts');
    const { batchRequest, complainOfPlan } = await import('../batch/plan-request.ts');
    const request = await batchRequest(plan, given, environment);
    if (!request.ok) return complain(environment, request.failure);
    const opened = await openBatch(request.value);
    if (!opened.ok) return complainOfPlan(environment, opened);
    try {
      return await runOpened(opened.value, { plan, given }, environment);
    } finally {
      await opened.value.release();
    }
  },
});

async function runOpened(
  open: OpenBatch,
  { plan, given }: { plan: string; given: BatchValues },
  environment: Environment,
): Promise<number> {
  const { planPaidInJobs } = await import('../../batch/lockstep/calls-in-jobs.ts');
  const { outlookInWords, resultInWords } = await import('../batch/batch-words.ts');
  const { agreeToSpend, planJobsInWords } = await import('../batch/plan-request.ts');
  const { debates } = open.estimate;
  sayLines(environment, outlookInWords(open, open.estimate, given.retryFailed));
  const { openaiBatch: inJobs, retryFailed } = given;
  const paid = await planPaidInJobs(open, { inJobs, retryFailed });
  if (given.dryRun) {
    if (paid !== null) say(environment, planJobsInWords(paid));
    return exitCode.done;
  }
  if (open.left === 0) {
    say(environment, 'Nothing is left to do.');
    return debates.failed > 0 ? exitCode.incomplete : exitCode.done;
  }
  if (paid !== null) return complain(environment, planJobsInWords(paid));
  const refusal = await agreeToSpend({ ...open, budgetUsd: open.plan.budget.usd }, given, environment);
  if (refusal !== null) return refusal;
  const { runReported } = await import('../batch/reported-batch.ts');
  const { state, code } = await runReported(open, given, environment);
  sayLines(environment, resultInWords(state, debates.planned, plan));
  if (code !== null) return code;
  return state.done === debates.planned ? exitCode.done : exitCode.incomplete;
}
