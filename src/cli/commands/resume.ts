import { failure, success } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { defineCommand, flag, option } from '../command.ts';
import { complain, need } from '../complain.ts';
import { aboveZero, tokens, whole } from '../option-values.ts';
import { runHelp, sourceOptions, watchedOptions } from '../shared-options.ts';

/** `parley resume`: goes on from the last finished turn, with the models it had unless others are given. */
export const command = defineCommand({
  argument: { help: runHelp },
  options: {
    rounds: option('--rounds <n>', 'run this many rounds in all', whole(1, 100)),
    budget: option('--budget <usd>', 'new budget in US dollars', aboveZero),
    budgetTokens: option('--budget-tokens <n>', 'new budget in tokens', tokens),
    stopEarly: flag('--no-stop-early', 'continue to the round limit, even after convergence'),
    payAgain: flag(
      '--pay-again',
      'continue even if some of its calls are in pending --openai-batch jobs, and may be paid twice',
    ),
    ...watchedOptions,
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { modelLine, modelsBeside } = await import('../models.ts');
    const { createReadingPace } = await import('../reading-pace.ts');
    const { estimateRest } = await import('../../run/estimate.ts');
    const { agreeToEstimate, sayOnce } = await import('../spending.ts');
    const { rolesOf } = await import('../../run/role-models.ts');
    const { resumeDebate } = await import('../../run/resume-debate.ts');
    const { watchRun } = await import('../watch.ts');
    const { withRun } = await import('../with-runs.ts');
    const pace = createReadingPace();
    return withRun(given, options.transcripts, async ({ store, folder, name }) => {
      // Batches in jobs keep their runs in files.
      if (!isPostgresAddress(folder) && !options.payAgain) {
        const { runPaidInJobs } = await import('../../batch/lockstep/calls-in-jobs.ts');
        const { runJobsInWords } = await import('../batch/plan-request.ts');
        const paid = await runPaidInJobs({ folder, name }, store);
        if (paid !== null) return complain(environment, runJobsInWords(name, paid));
      }
      const { rounds, budget: budgetUsd, budgetTokens, stopEarly } = options;
      let refusal: number | null = null;
      let introduce = () => {};
      const resumed = await resumeDebate({
        ...{ store, name, changes: { rounds, budgetUsd, budgetTokens, stopEarly } },
        keepsThoughts: options.keepThoughts,
        models: modelsBeside(options, environment, pace),
        agree: async (ready) => {
          introduce = sayOnce(environment, modelLine(ready));
          const personas = ready.debate.started.cast.map(({ id }) => id);
          const models = rolesOf(personas, ready.judges).map(ready.modelOf);
          refusal = await agreeToEstimate(
            () => estimateRest(ready),
            { ...options, introduce, models },
            environment,
          );
          return refusal === null ? success(null) : failure('declined', `${name} was left as it is.`);
        },
      });
      if (refusal !== null) return refusal;
      const { run } = need(resumed);
      introduce();
      return watchRun(run, { title: name, folder, pace, seats: options.seat }, options, environment);
    });
  },
});
