import { castOrderText } from '../../batch/cast-order.ts';
import type { Plan } from '../../batch/plan.ts';
import type { Task } from '../../batch/planned-debate.ts';

/** What tells a debate of a plan from its others: `steel/gpt-5-mini #3`, and in full `us-dprk-talks/steel/gpt-5-mini #3`. */
export function debateLabel(
  plan: Pick<Plan, 'arms' | 'scenarios' | 'articles' | 'castOrders' | 'repeats'>,
  { cell, debate: { arm } }: Pick<Task, 'cell' | 'debate'>,
): { label: string; wholeLabel: string } {
  const scenario = lastOf(cell.scenario);
  const model = (arm.model ?? '').split(':').at(-1) ?? '';
  const models = new Set(plan.arms.map((one) => one.model));
  const further = [
    ...(plan.articles.length > 1 ? [lastOf(cell.article)] : []),
    ...(plan.castOrders.length > 1 ? [castOrderText(cell.castOrder)] : []),
    ...(plan.repeats > 1 ? [`#${cell.repeat}`] : []),
  ];
  const differing = [
    ...(plan.scenarios.length > 1 ? [scenario] : []),
    ...(plan.arms.length > 1 ? [arm.id] : []),
    ...(models.size > 1 ? [model] : []),
  ];
  const named = (parts: readonly string[]) => [parts.filter(Boolean).join('/'), ...further].join(' ');
  return {
    label: named(differing.length > 0 ? differing : [scenario]),
    wholeLabel: named([scenario, arm.id, model]),
  };
}

/** Of a path or an address the last part, without its ending. */
function lastOf(reference: string): string {
  const last = reference.split(/[/\\]/).filter(Boolean).at(-1) ?? reference;
  return last.replace(/\.(md|html?|txt)$/, '');
}
