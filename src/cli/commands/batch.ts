import { batchCommandOptions } from '../batch-options.ts';
import { defineCommand } from '../command.ts';
import { misuse, say, sayLines } from '../complain.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley batch`: every debate of a plan, each once, however often it is begun again. */
export const command = defineCommand({
  description: 'Run every debate of a plan file, or a number of debates of one scenario, each exactly once.',
  argument: { help: 'a plan file, or a scenario' },
  options: batchCommandOptions,
  async action({ args: [plan = ''], options: given }, environment) {
    if (given.on !== null) {
      if (given.timeout !== null)
        return misuse(
          environment,
          '--timeout is for calls of this machine. Give it to parley worker, or set a timeout for a model in the plan.',
        );
      const unfit = given.openaiBatch ? '--openai-batch' : given.cache ? '--cache' : null;
      if (unfit !== null)
        return misuse(
          environment,
          `${unfit} is for a batch on one machine. Leave it out, or leave out --on.`,
        );
      const { submit } = await import('../workers/submit.ts');
      return submit({ file: plan, address: given.on, options: given }, environment);
    }
    const { openBatch } = await import('../../batch/open-batch.ts');
    const { planPaidInJobs } = await import('../../batch/lockstep/calls-in-jobs.ts');
    const { outlookInWords, resultInWords } = await import('../batch/batch-words.ts');
    const { batchRequest, complainOfPlan, planJobsInWords } = await import('../batch/plan-request.ts');
    const { runLeft } = await import('../batch/reported-batch.ts');
    const opened = await openBatch(await batchRequest(plan, given, environment));
    if (!opened.ok) return complainOfPlan(environment, opened);
    const open = opened.value;
    try {
      const { planned, failed } = open.estimate.debates;
      const { openaiBatch: inJobs, retryFailed } = given;
      sayLines(environment, outlookInWords(open, open.estimate, retryFailed));
      if (given.dryRun) {
        const paid = await planPaidInJobs(open, { inJobs, retryFailed });
        if (paid !== null) say(environment, planJobsInWords(paid));
        return exitCode.done;
      }
      const { state, code } = await runLeft(open, given, environment);
      if (state === null && code !== null) return code;
      if (state === null) say(environment, 'Nothing is left to do.');
      else sayLines(environment, resultInWords(state, planned, plan));
      const isDone = state === null ? failed === 0 : state.done === planned;
      return code ?? (isDone ? exitCode.done : exitCode.incomplete);
    } finally {
      await open.release();
    }
  },
});
