import { judgeRole } from '../../debate/judges.ts';
import type { ModelHandle } from '../../models/types.ts';
import type { PromptSet } from '../../prompts/types.ts';
import { counted } from '../../text/figures.ts';
import { defineCommand, type OptionValues } from '../command.ts';
import { misuse, need, say } from '../complain.ts';
import { debateOptions, settingsOf } from '../debate-options.ts';
import type { Environment } from '../environment.ts';
import { scenarioPlaces } from '../environment.ts';
import { articleNoticeInWords } from '../model-words.ts';
import { storeOptions, watchedOptions } from '../shared-options.ts';

export const runOptions = {
  ...debateOptions,
  ...watchedOptions,
  ...storeOptions,
};

/** `parley run`: checks everything that can be checked for nothing, then runs the debate. */
export const command = defineCommand({
  description: 'Run a debate over a bundled scenario or one of your own.',
  argument: { help: "a scenario's name (see parley list scenarios) or a folder", usual: 'us-dprk-talks' },
  options: runOptions,
  action: ({ args: [scenario = ''], options }, environment) => runScenario(scenario, options, environment),
});

export async function runScenario(
  scenario: string,
  options: OptionValues<typeof runOptions>,
  environment: Environment,
): Promise<number> {
  const { modelLine, modelsFor } = await import('../models.ts');
  const { beginDebate, loadSubject } = await import('../../run/begin-debate.ts');
  const { estimateDebate } = await import('../../run/estimate.ts');
  const { estimateWithFacts } = await import('../../run/extract-facts.ts');
  const { pricedBudget, rolesOf } = await import('../../run/role-models.ts');
  const { checkSeats } = await import('../../run/seats.ts');
  const { agreeToEstimate, sayOnce } = await import('../spending.ts');
  const { createReadingPace } = await import('../reading-pace.ts');
  const { watchRun } = await import('../watch.ts');
  const { article: articles, language, transcripts, seed, name, seat: seats } = options;
  const { stdin } = environment;
  if (articles.includes('-') && seats.length > 0 && !stdin.isTTY) {
    return misuse(
      environment,
      'Standard input holds the article, so no speech can be read from it: give --article a file, or leave out --seat.',
    );
  }
  const { strategy, control, poll, facts, caucus } = options;
  const subject = await loadSubject({
    ...{ scenario, strategy, articles, stdin, control, poll, facts, caucus: caucus ?? undefined },
    places: scenarioPlaces(environment),
    variables: environment.variables,
    ...(language === null ? {} : { language }),
  });
  const { prompts, notices } = need(subject);
  for (const notice of notices) say(environment, articleNoticeInWords(notice, articles));
  const personas = prompts.scenario.personas.map(({ member }) => member.id);
  need(checkSeats(personas, seats));
  const pace = createReadingPace();
  const models = need(await modelsFor(options, personas, environment, undefined, pace));
  const { modelOf, judges } = models;
  const settings = settingsOf(options);
  need(pricedBudget(settings.budgetUsd, personas, models));
  const introduce = sayOnce(environment, modelLine(models));
  const estimate = facts && !prompts.scenario.facts ? estimateWithFacts : estimateDebate;
  const refusal = await agreeToEstimate(
    async () => estimate(prompts, models, settings),
    { ...options, introduce, models: rolesOf(personas, judges).map(modelOf) },
    environment,
  );
  if (refusal !== null) return refusal;
  const followed = facts ? await withFacts(prompts, modelOf(judgeRole), environment) : prompts;
  const begun = await beginDebate({
    ...{ prompts: followed, modelOf, judges, settings, seed, transcripts, name },
    keepsThoughts: options.keepThoughts,
  });
  const run = need(begun);
  introduce();
  const { id } = prompts.strategy;
  if (id !== 'plain' && personas.some((persona) => modelOf(persona).simulated)) {
    say(environment, `The simulator does not follow strategies: ${id} is sent to it and changes little.`);
  }
  const shown = { title: prompts.scenario.title, folder: transcripts, pace, seats };
  return watchRun(run, shown, options, environment);
}

/** The prompts with the facts of their article, found by a model where none stand ready. */
async function withFacts(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): Promise<PromptSet> {
  if (prompts.scenario.facts) {
    say(environment, `The scenario has ${counted(prompts.scenario.facts.length, 'fact')} to follow.`);
    return prompts;
  }
  const { findFacts } = await import('./list-facts.ts');
  return (await findFacts(prompts, model, environment)).prompts;
}
