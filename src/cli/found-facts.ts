import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { extractFacts, type FoundFacts } from '../run/extract-facts.ts';
import { counted } from '../text/figures.ts';
import { need, say } from './complain.ts';
import type { Environment } from './environment.ts';

/** Has a model find the facts of an article, in one call, and says how many stood in it. */
export async function findFacts(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): Promise<FoundFacts> {
  const found = need(await extractFacts(prompts, { model }));
  const { facts, faults } = found;
  const left =
    faults.length === 0 ? '' : ` ${counted(faults.length, 'other')} are not in the article word for word.`;
  say(environment, `Found ${counted(facts.length, 'fact')}.${left}`);
  return found;
}
