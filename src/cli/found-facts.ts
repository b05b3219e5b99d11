import type { ModelHandle } from '../models/types.ts';
import type { PromptSet } from '../prompts/types.ts';
import { estimateFacts, extractFacts, type FoundFacts } from '../run/extract-facts.ts';
import { count, counted, dollars } from '../text/figures.ts';
import { complain, say } from './complain.ts';
import type { Environment } from './environment.ts';

/** Says what looking for the facts of an article takes, without looking; else the exit code. */
export function sayWhatFactsTake(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): { costUsd: number | null } | number {
  const estimate = estimateFacts(prompts, model);
  if (!estimate.ok) return complain(environment, estimate.failure);
  const { inputTokens, outputTokens, costUsd } = estimate.value;
  const cost = costUsd === null ? 'at an unknown price' : dollars(costUsd);
  const tokens = count(inputTokens + outputTokens);
  say(environment, `Looking for the facts of the article: 1 call, about ${tokens} tokens, ${cost}.`);
  return { costUsd };
}

/** Has a model find the facts of an article, in one call, and says how many stood in it; else the exit code. */
export async function findFacts(
  prompts: PromptSet,
  model: ModelHandle,
  environment: Environment,
): Promise<FoundFacts | number> {
  const found = await extractFacts(prompts, { model });
  if (!found.ok) return complain(environment, found.failure);
  const { facts, faults } = found.value;
  const left = faults.length === 0 ? '' : ` ${counted(faults.length, 'other')} did not stand in the article.`;
  say(environment, `Found ${counted(facts.length, 'fact')}.${left}`);
  return found.value;
}
