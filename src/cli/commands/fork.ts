import { failure, success } from '../../debate/outcome.ts';
import type { Estimate } from '../../run/estimate.ts';
import type { ReadyToResume } from '../../run/resume-debate.ts';
import { defineCommand, option } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import { text, whole } from '../option-values.ts';
import { modelOptions, runHelp, screenOptions, sourceOptions, spendingOptions } from '../shared-options.ts';

/** Most forks that one command makes. */
const mostForks = 64;

/** `parley fork`: goes on differently from a turn of a stored debate, once or several times. */
export const fork = defineCommand({
  description: 'Create runs that replay a stored debate up to a speech and continue differently from there.',
  argument: { help: runHelp },
  options: {
    turn: option('--turn <n>', 'number of the speech to give again', whole(1, 1_000_000), {
      isRequired: true,
    }),
    strategy: option(
      '-s, --strategy <name>',
      'continue with another strategy: a name or a Markdown file',
      text,
    ),
    personaPrompt: option(
      '--persona-prompt <file>',
      'continue with this persona file in place of the persona with the same id',
      text,
    ),
    n: option('-n, --n <count>', 'number of forks', whole(1, mostForks), { usual: '1' }),
    name: option('--name <run>', 'name of the fork; made from the run and the turn by default', text),
    ...modelOptions,
    ...spendingOptions,
    ...screenOptions,
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { modelLine, modelsFor } = await import('../models.ts');
    const { createReadingPace } = await import('../reading-pace.ts');
    const { findRun, shownRun } = await import('../../run/catalogue/find-run.ts');
    const { forkDebate, forkName, freeBranches } = await import('../../run/fork-debate.ts');
    const { estimateRest } = await import('../../run/estimate.ts');
    const { agreeToEstimate, sayOnce } = await import('../spending.ts');
    const { runUnseen, watchRun } = await import('../watch.ts');
    const { withRuns } = await import('../with-runs.ts');
    const { turn, n: count, name, strategy, personaPrompt: personaFile, transcripts } = options;
    if (count > 1 && name !== null) {
      return misuse(
        environment,
        '--name is for one fork; with --n the names are made from the run and the turn.',
      );
    }
    const pace = createReadingPace();
    const found = await findRun(given, transcripts);
    if (!found.ok) return complain(environment, found.failure);
    const { folder, name: run } = found.value;
    return withRuns(folder, environment, async ({ store }) => {
      const branches = await freeBranches({ store, run, turn }, count);
      let refusal: number | null = null;
      let isAsked = false;
      /** What all of them would take is asked once. */
      const agree = async (ready: ReadyToResume) => {
        if (isAsked) return success(null);
        isAsked = true;
        const introduce = sayOnce(environment, modelLine(ready));
        const models = Object.keys(ready.debate.models).map(ready.modelOf);
        const estimate = async () => timesOver(await estimateRest(ready), count);
        refusal = await agreeToEstimate(estimate, { ...options, introduce, models }, environment);
        return refusal === null ? success(null) : failure('declined', `${run} was not forked.`);
      };
      for (const [index, branch] of branches.entries()) {
        const forked = await forkDebate({
          ...{ store, run, turn, branch, name, changes: { strategy, personaFile } },
          models: (personas, before) => modelsFor(options, personas, environment, before, pace),
          agree,
        });
        if (refusal !== null) return refusal;
        if (!forked.ok) return complain(environment, forked.failure);
        say(environment, modelLine(forked.value.models));
        const made = forked.value.run;
        if (count === 1) return watchRun(made, { title: made.debate, folder, pace }, options, environment);
        const code = await runUnseen(made, `Fork ${index + 1} of ${count}`, environment);
        if (code !== 0) return code;
      }
      const first = forkName(run, turn, branches[0] ?? 1);
      say(environment, `Compare two with: parley diff ${shownRun(folder, run)} ${shownRun(folder, first)}`);
      return 0;
    });
  },
});

function timesOver({ calls, inputTokens, outputTokens, costUsd }: Estimate, times: number): Estimate {
  return {
    calls: calls * times,
    inputTokens: inputTokens * times,
    outputTokens: outputTokens * times,
    costUsd: costUsd === null ? null : costUsd * times,
  };
}
