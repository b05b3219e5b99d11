import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Plan } from './plan.ts';

/** The same design for so many debates in all; a plan that is run with a larger count later goes on. */
export function withCount(plan: Plan, count: number): Outcome<Plan, 'bad-option'> {
  const arms = plan.arms.length;
  if (count % arms !== 0) {
    return failure(
      'bad-option',
      `--count ${count} is no multiple of the plan's ${arms} arms; try ${Math.ceil(count / arms) * arms}.`,
    );
  }
  const cellsOfRepeat = plan.scenarios.length * plan.articles.length * plan.castOrders.length;
  return success({ ...plan, count, repeats: Math.ceil(count / (cellsOfRepeat * arms)) });
}

export function withBudget(plan: Plan, budget: Partial<Plan['budget']>): Plan {
  return { ...plan, budget: { ...plan.budget, ...budget } };
}
