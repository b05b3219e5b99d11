import { failure, success } from '../../debate/outcome.ts';
import type { Estimate } from '../../run/estimate.ts';
import type { ReadyToResume } from '../../run/resume-debate.ts';
import { defineCommand, flag, option } from '../command.ts';
import { misuse, need, say } from '../complain.ts';
import { aboveZero, names, text, tokens, whole, wholes } from '../option-values.ts';
import { runHelp, sourceOptions, watchedOptions } from '../shared-options.ts';

/** Most forks that one command makes. */
const mostForks = 256;

/** `parley fork`: continues a stored debate differently from one or several of its speeches. */
export const command = defineCommand({
  description: 'Create runs that replay a stored debate up to a speech and continue differently from there.',
  argument: { help: runHelp },
  options: {
    turns: option(
      '--turn, --turns <numbers>',
      'comma-separated numbers of the speeches to give again',
      wholes(1, 1_000_000),
    ),
    everyTurn: flag('--every-turn', 'fork at every speech of a persona'),
    strategy: option(
      '-s, --strategy <names>',
      'continue with another strategy: a name or a Markdown file; several, comma-separated, make forks of each',
      names,
    ),
    personaPrompt: option(
      '--persona-prompt <file>',
      'continue with this persona file in place of the persona with the same id',
      text,
    ),
    n: option(
      '-n, --n <count>',
      'number of forks at each turn and under each strategy',
      whole(1, mostForks),
      { usual: '1' },
    ),
    budget: option('--budget <usd>', 'new budget in US dollars; the part it shares counts in it', aboveZero),
    budgetTokens: option(
      '--budget-tokens <n>',
      'new budget in tokens; the part it shares counts in it',
      tokens,
    ),
    name: option('--name <run>', 'name of the fork; made from the run and the turn by default', text),
    ...watchedOptions,
    ...sourceOptions,
  },
  async action({ args: [given = ''], options }, environment) {
    const { modelLine, modelsBeside } = await import('../models.ts');
    const { createReadingPace } = await import('../reading-pace.ts');
    const { shownRun } = await import('../../run/catalogue/find-run.ts');
    const { forkDebate, forkName, forksToMake } = await import('../../run/fork-debate.ts');
    const { estimateRest } = await import('../../run/estimate.ts');
    const { agreeToEstimate, sayOnce } = await import('../spending.ts');
    const { runUnseen, watchRun } = await import('../watch.ts');
    const { withRun } = await import('../with-runs.ts');
    const { turns, everyTurn, n, name, transcripts } = options;
    const { strategy: strategies, personaPrompt: personaFile } = options;
    if ((turns === null) !== everyTurn) {
      return misuse(environment, 'Say where to fork: --turn 3, --turns 3,7 or --every-turn.');
    }
    const pace = createReadingPace();
    return withRun(given, transcripts, async ({ store, folder, name: run }) => {
      const wanted = { turns: turns ?? ('every' as const), strategies: strategies ?? [], count: n };
      const forks = need(await forksToMake({ store, run, ...wanted }));
      const count = forks.length;
      if (count > mostForks) {
        return misuse(environment, `That is ${count} forks; one command makes at most ${mostForks}.`);
      }
      if (count > 1 && name !== null) {
        return misuse(
          environment,
          '--name is for one fork; several are named after the run, the turn and a number.',
        );
      }
      if (count > 1 && options.seat.length > 0) {
        return misuse(environment, `--seat is for one fork, and that is ${count} forks.`);
      }
      let refusal: number | null = null;
      let isAsked = false;
      /** What all of them would take is asked once, and taken to be what the first one takes, which has the most left to say. */
      const agree = async (ready: ReadyToResume) => {
        if (isAsked) return success(null);
        isAsked = true;
        const introduce = sayOnce(environment, modelLine(ready));
        const models = Object.keys(ready.debate.models).map(ready.modelOf);
        const estimate = async () => timesOver(await estimateRest(ready), count);
        refusal = await agreeToEstimate(estimate, { ...options, introduce, models }, environment);
        return refusal === null ? success(null) : failure('declined', `${run} was not forked.`);
      };
      for (const [index, { turn, branch, strategy }] of forks.entries()) {
        const forked = await forkDebate({
          ...{ store, run, turn, branch, name },
          changes: { strategy, personaFile, budgetUsd: options.budget, budgetTokens: options.budgetTokens },
          keepsThoughts: options.keepThoughts,
          models: modelsBeside(options, environment, pace),
          agree,
        });
        if (refusal !== null) return refusal;
        const { models, run: made } = need(forked);
        if (index === 0) say(environment, modelLine(models));
        const shown = { title: made.debate, folder, pace, seats: options.seat };
        if (count === 1) return watchRun(made, shown, options, environment);
        const code = await runUnseen(made, `Fork ${index + 1} of ${count}`, environment);
        if (code !== 0) return code;
      }
      const [{ turn: firstTurn, branch: firstBranch } = { turn: 1, branch: 1 }] = forks;
      const first = forkName(run, firstTurn, firstBranch);
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
