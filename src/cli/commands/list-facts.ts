import type { ModelHandle } from '../../models/types.ts';
import type { PromptSet } from '../../prompts/types.ts';
import type { FoundFacts } from '../../run/extract-facts.ts';
import { count, counted, dollars } from '../../text/figures.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import { defineCommand, flag } from '../command.ts';
import { misuse, need, say, writeResult } from '../complain.ts';
import { type Environment, scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { budgetOptions, modelOptions, spendingOptions } from '../shared-options.ts';

/** `parley facts`: has a model find the facts of a scenario's article and keeps them beside it. */
export const command = defineCommand({
  description:
    'Show the facts that a debate on this scenario follows with --facts: verbatim passages of its article by issue. If none are written down, the judge finds them in one call, and code keeps those that are in the article word for word. --write saves them as facts.yaml in the scenario, for runs and for plans with debate: { facts: true }.',
  argument: { help: 'a scenario: its name or folder' },
  options: {
    write: flag('--write', 'write the facts to facts.yaml in the scenario'),
    again: flag('--again', 'find them again even if some are written down'),
    ...modelOptions,
    ...spendingOptions,
    ...budgetOptions('the call'),
  },
  async action({ args: [scenario], options }, environment) {
    if (scenario === undefined) return misuse(environment, 'Name a scenario: parley facts SCENARIO.');
    const { join } = await import('node:path');
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { findScenario } = await import('../../prompts/load-prompts.ts');
    const { loadSubject } = await import('../../run/begin-debate.ts');
    const { factsFile, factsFileName } = await import('../../prompts/written-facts.ts');
    const places = scenarioPlaces(environment);
    const plain = { strategy: 'plain', articles: [], control: null, poll: false };
    const { prompts } = need(await loadSubject({ ...plain, scenario, places, facts: true }));
    const { agenda, facts: known } = prompts.scenario;
    if (known && !options.again) {
      environment.stdout.write(sanitizeText(factsFile(known, agenda)));
      return exitCode.done;
    }
    const promptRoot = bundledPrompts();
    const folder = findScenario({ promptRoot, places, scenario });
    if (options.write && (folder === null || folder.startsWith(promptRoot)))
      return misuse(
        environment,
        `${scenario} comes with parley and stays as it is. Copy its folder and name the copy: parley facts ./COPY --write.`,
      );
    const { modelLine, modelsFor, unwatched } = await import('../models.ts');
    const { estimateFacts } = await import('../../run/extract-facts.ts');
    const { checkBudget } = await import('../../run/budget.ts');
    const { agreeToCost } = await import('../spending.ts');
    const chosen = need(await modelsFor({ ...options, ...unwatched, transcripts: '.' }, [], environment));
    const judge = chosen.modelOf('judge');
    say(environment, modelLine(chosen));
    const takes = need(estimateFacts(prompts, judge));
    const { inputTokens, outputTokens, costUsd } = takes;
    const cost = costUsd === null ? 'at an unknown price' : dollars(costUsd);
    const tokens = count(inputTokens + outputTokens);
    say(environment, `Looking for the facts of the article: 1 call, about ${tokens} tokens, ${cost}.`);
    if (options.dryRun) return exitCode.done;
    const { budget: budgetUsd, budgetTokens } = options;
    need(checkBudget({ budgetUsd, budgetTokens }, takes));
    const isLittle = costUsd !== null && costUsd <= options.askAbove;
    const refused = isLittle ? null : await agreeToCost(costUsd, options, environment);
    if (refused !== null) return refused;
    const found = await findFacts(prompts, judge, environment);
    const text = factsFile(found.facts, agenda);
    const place = options.write && folder !== null ? { out: join(folder, factsFileName) } : { out: null };
    const written = await writeResult(sanitizeText(text), { ...place, force: options.again }, environment);
    if (place.out !== null && written === exitCode.done)
      say(environment, `Follow them: parley run ${scenario} --facts`);
    return written;
  },
});

/** Has a model find the facts of an article, in one call, and says how many it found. */
export async function findFacts(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): Promise<FoundFacts> {
  const { extractFacts } = await import('../../run/extract-facts.ts');
  const found = need(await extractFacts(prompts, { model }));
  const { facts, faults } = found;
  const left =
    faults.length === 0
      ? ''
      : ` Left out ${counted(faults.length, 'passage')} not in the article word for word.`;
  say(environment, `Found ${counted(facts.length, 'fact')}.${left}`);
  return found;
}
