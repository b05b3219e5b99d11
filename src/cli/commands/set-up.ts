import { chooseModel } from '../../models/choose-model.ts';
import { specText } from '../../models/model-spec.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { listScenarios, listStrategies } from '../../prompts/list-prompts.ts';
import { loadPrompts } from '../../prompts/load-prompts.ts';
import { estimateDebate } from '../../run/estimate.ts';
import { createSetup } from '../../terminal/setup/create-setup.ts';
import type { SetupChoice, SetupModel } from '../../terminal/setup/setup-state.ts';
import { chooseModels } from '../choose-models.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { chooseScreen } from '../front-end.ts';
import { colorDepth, themeOf } from '../look.ts';
import { chosenLine, withModelFlags } from '../model-words.ts';
import { readDebateOptions } from '../settings.ts';
import { run } from './run.ts';

/** `parley` with nothing chosen: a screen to set a debate up, then the debate. Without a terminal, the debate at once. */
export async function setUp(
  _argument: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const kind = chooseScreen({}, environment);
  if (kind !== 'full' && kind !== 'inline') return run(undefined, options, environment);
  const found = await chooseModel({ environment: environment.variables });
  if (!found.ok) return complain(environment, withModelFlags(found).failure.message);
  const suggested = specText(found.value.spec);
  const choice = await createSetup({
    stdin: environment.stdin,
    stdout: environment.stdout,
    theme: themeOf(undefined, environment),
    color: colorDepth(environment),
    ...(await offer(suggested, chosenLine(found.value))),
    start: { model: suggested },
    estimate: (chosen) => estimateOf(chosen, options, environment),
  });
  if (choice === null) return exitCode.done;
  const { scenario, strategy, model, rounds } = choice;
  return run(scenario, { ...options, strategy, model: [model], rounds: String(rounds) }, environment);
}

async function offer(suggested: string, why: string) {
  const root = bundledPrompts();
  const [scenarios, strategies] = await Promise.all([listScenarios(root), listStrategies(root)]);
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

async function estimateOf(choice: SetupChoice, options: Record<string, unknown>, environment: Environment) {
  const { scenario, strategy, model, rounds } = choice;
  const prompts = await loadPrompts({ promptRoot: bundledPrompts(), scenario, strategy });
  const read = readDebateOptions({ ...options, rounds: String(rounds) });
  const personas = prompts.ok ? prompts.value.scenario.personas.map(({ member }) => member.id) : [];
  const models = await chooseModels(
    { options: { model: [model], probe: false }, personas, isWatched: false },
    environment,
  );
  if (!prompts.ok || !read.ok || !models.ok) return { calls: 0, tokens: 0, costUsd: null };
  const { calls, inputTokens, outputTokens, costUsd } = await estimateDebate(
    prompts.value,
    models.value.modelOf,
    read.value.settings,
  );
  return { calls, tokens: inputTokens + outputTokens, costUsd };
}
