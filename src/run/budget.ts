import { failure, type Outcome, success } from '../debate/outcome.ts';
import { count, dollars } from '../text/figures.ts';
import type { Estimate } from './estimate.ts';

/** What may be spent on something, all its calls together; null or absent for no limit. Tokens in and out count together. */
export interface Budget {
  budgetUsd: number | null;
  budgetTokens?: number | null;
}

type Used = Pick<Estimate, 'inputTokens' | 'outputTokens'> & { costUsd: number };

/** Is nothing left of a budget? */
export function isUsedUp({ budgetUsd, budgetTokens = null }: Budget, used: Used): boolean {
  if (budgetUsd !== null && used.costUsd >= budgetUsd) return true;
  return budgetTokens !== null && tokensOf(used) >= budgetTokens;
}

/** Fails where what is still to be done is likely to take more than is left, or has no price that a budget in dollars needs. */
export function checkBudget(
  { budgetUsd, budgetTokens = null }: Budget,
  takes: Pick<Estimate, 'inputTokens' | 'outputTokens' | 'costUsd'>,
  used: Used = { inputTokens: 0, outputTokens: 0, costUsd: 0 },
): Outcome<null, 'budget' | 'no-price'> {
  if (budgetUsd !== null && takes.costUsd === null)
    return failure(
      'no-price',
      'A budget in US dollars needs a price, and none is known for one of the models.',
    );
  const isDear = budgetUsd !== null && used.costUsd + (takes.costUsd ?? 0) > budgetUsd;
  if (isDear) return tooSmall(dollars(takes.costUsd ?? 0), dollars(used.costUsd), dollars(budgetUsd));
  const tokens = tokensOf(takes);
  const usedTokens = tokensOf(used);
  if (budgetTokens === null || usedTokens + tokens <= budgetTokens) return success(null);
  return tooSmall(`${count(tokens)} tokens`, count(usedTokens), count(budgetTokens));
}

function tooSmall(takes: string, used: string, budget: string) {
  return failure(
    'budget',
    `It takes about ${takes}, ${used} of ${budget} are spent, and the rest is too little.`,
  );
}

/** Tokens in and out together. */
export function tokensOf({ inputTokens, outputTokens }: Omit<Used, 'costUsd'>): number {
  return inputTokens + outputTokens;
}

/** What calls used that are over. */
export function usedBy(
  records: readonly { costUsd: number | null; usage: { inputTokens: number; outputTokens: number } }[],
): Used {
  const used = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const { costUsd, usage } of records) {
    used.inputTokens += usage.inputTokens;
    used.outputTokens += usage.outputTokens;
    used.costUsd += costUsd ?? 0;
  }
  return used;
}
