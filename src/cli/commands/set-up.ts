import type { SetupChoice, SetupModel } from '../../terminal/setup/setup-state.ts';
import { defineCommand, type OptionValues } from '../command.ts';
import { misuse, need } from '../complain.ts';
import { settingsOf } from '../debate-options.ts';
import type { Environment } from '../environment.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScreen, colorDepth, themeOf } from '../front-end.ts';
import { runOptions, runScenario } from './run.ts';

type RunOptions = OptionValues<typeof runOptions>;

/** `parley set-up`: a screen to set a debate up, then the debate. */
export const command = defineCommand({
  argument: { help: 'the scenario that is chosen at first' },
  options: runOptions,
  async action({ args: [scenario], options }, environment) {
    const { createSetup } = await import('../../terminal/setup/create-setup.ts');
    const { chooseModel } = await import('../../models/choose-model.ts');
    const { chosenLine } = await import('../model-words.ts');
    const { specText } = await import('../../models/model-spec.ts');
    const kind = chooseScreen(options, environment);
    if (kind !== 'full' && kind !== 'inline') {
      return misuse(environment, 'set-up needs a terminal. Without one: parley run --help');
    }
    const found = need(await chooseModel({ environment: environment.variables }));
    const suggested = specText(found.spec);
    const choice = await createSetup({
      stdin: environment.stdin,
      stdout: environment.stdout,
      theme: themeOf(options.theme, environment),
      color: colorDepth(environment),
      ...(await offer(suggested, chosenLine(found), environment)),
      start: {
        model: suggested,
        strategy: options.strategy,
        ...(scenario === undefined ? {} : { scenario }),
      },
      estimate: (chosen) => estimateOf(chosen, options, environment),
    });
    if (choice === null) return exitCode.done;
    const { strategy, model, rounds } = choice;
    return runScenario(choice.scenario, { ...options, strategy, model: [model], rounds }, environment);
  },
});

async function offer(suggested: string, why: string, environment: Environment) {
  const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
  const { listScenarios, listStrategies } = await import('../../prompts/list-prompts.ts');
  const root = bundledPrompts();
  const [scenarios, strategies] = await Promise.all([
    listScenarios(root, scenarioPlaces(environment)),
    listStrategies(root),
  ]);
  const simulator: SetupModel = {
    spec: 'simulator',
    note: 'needs no key and no network; not a language model',
  };
  const found: SetupModel = { spec: suggested, note: why };
  return {
    scenarios: scenarios.flatMap(({ id, scenario }) => {
      if (!scenario) return [];
      const { title, summary, article, personas, agenda } = scenario;
      const passages = article.passages.map((passage) => passage.text);
      return {
        id,
        title,
        summary,
        article: { title: article.title, origin: article.source, passages },
        cast: personas.map(({ member }) => ({ name: member.name, isPrincipal: member.principal })),
        issues: agenda.map((issue) => issue.title),
      };
    }),
    strategies: strategies.flatMap(({ id, strategy }) =>
      strategy ? { id, title: strategy.title, summary: strategy.summary } : [],
    ),
    models: suggested === simulator.spec ? [simulator] : [found, simulator],
  };
}

async function estimateOf(choice: SetupChoice, options: RunOptions, environment: Environment) {
  const { loadSubject } = await import('../../run/begin-debate.ts');
  const { estimateDebate } = await import('../../run/estimate.ts');
  const { modelsFor } = await import('../models.ts');
  const { scenario, strategy, model, rounds } = choice;
  const { control, poll } = options;
  const unknown = { calls: 0, tokens: 0, costUsd: null };
  const subject = await loadSubject({
    ...{ scenario, strategy, articles: [], control, poll, caucus: options.caucus ?? undefined },
    places: scenarioPlaces(environment),
  });
  if (!subject.ok) return unknown;
  const { prompts } = subject.value;
  const personas = prompts.scenario.personas.map(({ member }) => member.id);
  const models = await modelsFor({ ...options, model: [model], probe: false }, personas, environment);
  if (!models.ok) return unknown;
  const settings = settingsOf({ ...options, rounds });
  const { calls, inputTokens, outputTokens, costUsd } = await estimateDebate(prompts, models.value, settings);
  return { calls, tokens: inputTokens + outputTokens, costUsd };
}
