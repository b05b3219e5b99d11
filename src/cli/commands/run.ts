import { randomInt } from 'node:crypto';
import { readArticle } from '../../article/read-article.ts';
import { articleSource } from '../../article/types.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import type { Control } from '../../debate/setup.ts';
import { openFileStore } from '../../journal/file-store.ts';
import { tracingVariables } from '../../models/tracing-variables.ts';
import { articleNotice } from '../../prompts/article-fit.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { withExtras } from '../../prompts/load-extras.ts';
import { loadPrompts } from '../../prompts/load-prompts.ts';
import type { PromptSet } from '../../prompts/types.ts';
import { withArticle } from '../../prompts/with-article.ts';
import { prepareDebate } from '../../run/prepare.ts';
import { runName, underFreeName } from '../../run/run-name.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { chooseModels } from '../choose-models.ts';
import { complain } from '../complain.ts';
import { type Environment, tameProcess } from '../environment.ts';
import { describeFaults } from '../faults.ts';
import { chooseScreen, isWatched, type ScreenOptions } from '../front-end.ts';
import { readDebateOptions } from '../settings.ts';
import { watch } from './watch.ts';

/** `parley run`: checks everything that can be checked for nothing, then holds the debate. */
export async function run(
  scenario: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  tameProcess(environment.color, tracingVariables);
  const read = readDebateOptions(options);
  if (!read.ok) return complain(environment, read.failure.message);
  const prompts = await promptsFor(scenario ?? 'us-dprk-talks', options, environment);
  if (!prompts.ok) return complain(environment, prompts.failure.message);

  const kind = chooseScreen(options as ScreenOptions, environment);
  const personas = prompts.value.scenario.personas.map((persona) => persona.member.id);
  const models = await chooseModels(
    { options, personas, isWatched: isWatched(kind, environment) },
    environment,
  );
  if (!models.ok) return complain(environment, models.failure.message);

  const seed = read.value.seed ?? randomInt(2 ** 31 - 1);
  const folder = String(options['transcripts']);
  const debate = {
    store: openFileStore({ directory: folder, clock: systemClock }),
    prompts: prompts.value,
    modelOf: models.value.modelOf,
    seed,
    settings: read.value.settings,
    version,
    clock: systemClock,
    jitter: Math.random,
  };
  const given = options['name'] as string | undefined;
  const makeName = () => runName(prompts.value.scenario.id, systemClock.now(), randomInt(2 ** 31 - 1));
  const prepared = await underFreeName(given, makeName, (name) => prepareDebate({ ...debate, name }));
  if (!prepared.ok) return complain(environment, prepared.failure.message);
  environment.stderr.write(`${models.value.line}\n`);
  const speaksSimulated = personas.some((persona) => models.value.modelOf(persona).simulated);
  if (speaksSimulated && prompts.value.strategy.id !== 'plain') {
    environment.stderr.write(`${unfollowed(prompts.value.strategy.id)}\n`);
  }
  return watch(
    prepared.value,
    { title: prompts.value.scenario.title, folder },
    options as ScreenOptions,
    environment,
  );
}

function unfollowed(strategy: string): string {
  return `The simulator does not follow strategies: ${strategy} is sent to it and changes little or nothing of what it says.`;
}

/** The prompts of a scenario, on its own article or on the one given. */
async function promptsFor(
  scenario: string,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<Outcome<PromptSet>> {
  const strategy = String(options['strategy']);
  const loaded = await loadPrompts({ promptRoot: bundledPrompts(), scenario, strategy });
  if (!loaded.ok) {
    const { faults } = loaded;
    return faults.length > 0 ? failure('faults', describeFaults(faults)) : loaded;
  }
  const given = options['article'];
  if (typeof given !== 'string') return extended(loaded.value, options);
  const article = await readArticle({ source: articleSource(given, environment.stdin) });
  if (!article.ok) return article;
  const notice = articleNotice(loaded.value.scenario.agenda, article.value);
  if (notice !== null) environment.stderr.write(`${sanitizeLine(notice)}\n`);
  return extended(withArticle(loaded.value, article.value), options);
}

/** With the control and the question off the record, where they were asked for. */
function extended(set: PromptSet, options: Record<string, unknown>): Outcome<PromptSet> {
  const control = (options['control'] as Control | undefined) ?? null;
  const loaded = withExtras(set, { control, poll: options['poll'] === true }, bundledPrompts());
  return loaded.ok ? success(loaded.value) : failure('faults', describeFaults(loaded.faults));
}
