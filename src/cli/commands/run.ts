import { judgeRole } from '../../debate/judges.ts';
import type { ModelHandle } from '../../models/types.ts';
import type { PromptSet } from '../../prompts/types.ts';
import { counted } from '../../text/figures.ts';
import { articleNoticeInWords } from '../article-words.ts';
import { defineCommand, type OptionValues } from '../command.ts';
import { complain, misuse, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { scenarioPlaces } from '../scenario-places.ts';
import {
  debateOptions,
  keepThoughtsOption,
  modelOptions,
  screenOptions,
  seatOptions,
  settingsOf,
  spendingOptions,
  storeOptions,
} from '../shared-options.ts';

export const runOptions = {
  ...debateOptions,
  ...modelOptions,
  ...spendingOptions,
  ...seatOptions,
  keepThoughts: keepThoughtsOption,
  ...screenOptions,
  ...storeOptions,
};

/** `parley run`: checks everything that can be checked for nothing, then runs the debate. */
export const run = defineCommand({
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
  const {
    strategy,
    article: articles,
    language,
    control,
    poll,
    transcripts,
    seed,
    name,
    seat: seats,
  } = options;
  const { stdin } = environment;
  if (articles.includes('-') && seats.length > 0 && !stdin.isTTY) {
    return misuse(
      environment,
      'Standard input holds the article, so no speech can be read from it: give --article a file, or leave out --seat.',
    );
  }
  const subject = await loadSubject({
    scenario,
    places: scenarioPlaces(environment),
    strategy,
    articles,
    stdin,
    variables: environment.variables,
    control,
    poll,
    facts: options.facts,
    caucus: options.caucus ?? undefined,
    ...(language === null ? {} : { language }),
  });
  if (!subject.ok) return complain(environment, subject.failure);
  const { prompts, notices } = subject.value;
  for (const notice of notices) say(environment, articleNoticeInWords(notice, articles));
  const personas = prompts.scenario.personas.map(({ member }) => member.id);
  const seated = checkSeats(personas, seats);
  if (!seated.ok) return complain(environment, seated.failure);
  const pace = createReadingPace();
  const models = await modelsFor(options, personas, environment, undefined, pace);
  if (!models.ok) return complain(environment, models.failure);
  const { modelOf, judges } = models.value;
  const settings = settingsOf(options);
  const priced = pricedBudget(settings.budgetUsd, personas, models.value);
  if (!priced.ok) return complain(environment, priced.failure);
  const introduce = sayOnce(environment, modelLine(models.value));
  const asked = { ...options, introduce, models: rolesOf(personas, judges).map(modelOf) };
  const refusal = await agreeToEstimate(
    () =>
      options.facts && !prompts.scenario.facts
        ? estimateWithFacts(prompts, models.value, settings)
        : estimateDebate(prompts, models.value, settings),
    asked,
    environment,
  );
  if (refusal !== null) return refusal;
  const subjectOf = options.facts ? await withFacts(prompts, modelOf(judgeRole), environment) : prompts;
  if (typeof subjectOf === 'number') return subjectOf;
  const begun = await beginDebate({
    ...{ prompts: subjectOf, modelOf, judges, settings, seed, transcripts, name },
    keepsThoughts: options.keepThoughts,
  });
  if (!begun.ok) return complain(environment, begun.failure);
  introduce();
  const { id } = prompts.strategy;
  if (id !== 'plain' && personas.some((persona) => modelOf(persona).simulated)) {
    say(environment, `The simulator does not follow strategies: ${id} is sent to it and changes little.`);
  }
  const shown = { title: prompts.scenario.title, folder: transcripts, pace, seats };
  return watchRun(begun.value, shown, options, environment);
}

/** The prompts with the facts of their article, found by a model where none stand ready; else the exit code. */
async function withFacts(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): Promise<PromptSet | number> {
  if (prompts.scenario.facts) {
    say(environment, `The scenario has ${counted(prompts.scenario.facts.length, 'fact')} to follow.`);
    return prompts;
  }
  const { findFacts } = await import('../found-facts.ts');
  const found = await findFacts(prompts, model, environment);
  return typeof found === 'number' ? found : found.prompts;
}
