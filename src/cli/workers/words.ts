import type { PlanOnBoard } from '../../batch/workers/plan-board.ts';
import type { PlanStatus, QueueStatus, WorkerStatus } from '../../batch/workers/status.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { count, dollars } from '../../terminal/format.ts';

/** How a worker is, in one line: `3 debates done here, 12 a minute; 4 under way; openai 4 of 8 calls; night-run 120 of 1,000 done`. */
export function healthInWords(state: WorkerState, elapsedMs: number): string {
  const { done, setAside, underWay, lanes, plans, stopping } = state;
  const perMinute = elapsedMs === 0 ? 0 : (done / elapsedMs) * 60_000;
  const refusals = lanes.reduce((sum, lane) => sum + lane.refusals, 0);
  return [
    `${number(done)} ${done === 1 ? 'debate' : 'debates'} done here${setAside > 0 ? `, ${setAside} set aside` : ''}`,
    ...(done > 0 ? [`${perMinute >= 10 ? Math.round(perMinute) : perMinute.toFixed(1)} a minute`] : []),
    `${underWay} under way`,
    ...lanes.map((lane) => `${lane.name} ${lane.underWay} of ${lane.limit} calls`),
    ...(refusals > 0 ? [`${number(refusals)} refused`] : []),
    ...plans.filter(isOpen).map((plan) => `${plan.id} ${progressInWords(plan)}, ${spentInWords(plan)}`),
    ...(stopping === null ? [] : ['stopping']),
  ].join('; ');
}

/** How a worker's time ended. */
export function endInWords({ done, setAside, stopping, plans }: WorkerState): string[] {
  const open = plans.filter(isOpen);
  return [
    ...(stopping === null ? [] : [stopping]),
    `${number(done)} ${done === 1 ? 'debate' : 'debates'} done here${setAside > 0 ? `, ${setAside} set aside` : ''}.`,
    ...open.filter(({ isUsedUp }) => isUsedUp).map(usedUpInWords),
  ];
}

export function statusInWords(place: string, { plans, workers }: QueueStatus): string[] {
  if (plans.length === 0)
    return [`No plan was submitted to ${place} yet. parley batch PLAN --on submits one.`];
  return [
    ...plans.flatMap((plan) => planInWords(plan, workers)),
    workers.length === 0 ? 'No worker is at work.' : `Workers: ${workers.map(workerInWords).join('; ')}.`,
  ];
}

function planInWords(plan: PlanStatus, workers: readonly WorkerStatus[]): string[] {
  const by = workers.flatMap(({ name, underWay }) =>
    underWay[plan.id] ? `${name} ${underWay[plan.id]}` : [],
  );
  return [
    `${plan.id}: ${progressInWords(plan)}; ${spentInWords(plan)}`,
    ...(by.length === 0 ? [] : [`  under way with ${by.join(', ')}`]),
    ...(plan.lost.tokens > 0
      ? [
          `  of that budget ${dollars(plan.lost.usd)} and ${count(plan.lost.tokens)} tokens are supposed for calls cut short by workers that ended`,
        ]
      : []),
    ...(plan.isUsedUp && isOpen(plan) ? [`  ${usedUpInWords(plan)}`] : []),
    ...plan.setAside.map(({ debate, why }) => `  set aside: ${debate}: ${why}`),
    ...(plan.setAside.length === 0
      ? []
      : ['  Submit the plan again with --retry-failed to try these once more.']),
  ];
}

function workerInWords({ name, isGone, silentMs }: WorkerStatus): string {
  return isGone ? `${name} (not heard of for ${Math.round(silentMs / 1000)} s)` : name;
}

function progressInWords({ counts, ...plan }: Pick<PlanOnBoard, 'counts'> & { retrying?: number }): string {
  const retrying = 'retrying' in counts ? Number(counts.retrying) : (plan.retrying ?? 0);
  return [
    `${number(counts.done)} of ${number(counts.planned)} debates done`,
    ...(counts.setAside > 0 ? [`${number(counts.setAside)} failed and set aside`] : []),
    ...(retrying > 0 ? [`${number(retrying)} to be tried again`] : []),
    `${number(counts.underWay)} under way`,
    `${number(counts.waiting)} left`,
  ].join(', ');
}

function spentInWords({
  usd,
  tokens,
  unpricedCalls,
  budget,
}: Omit<PlanStatus, 'counts' | 'setAside'>): string {
  const unpriced = unpricedCalls > 0 ? ` and ${number(unpricedCalls)} calls without a price` : '';
  const limits = [
    budget.usd === null ? '' : dollars(budget.usd),
    budget.tokens === null ? '' : `${count(budget.tokens)} tokens`,
  ].filter(Boolean);
  const of = limits.length === 0 ? '' : ` of ${limits.join(' and ')}`;
  return `${dollars(usd)}${unpriced}, ${count(tokens)} tokens${of}`;
}

function usedUpInWords({ id, file }: { id: string; file: string }): string {
  return `The budget of ${id} is used up. Go on with a larger one: parley batch ${file} --on ADDRESS --budget USD`;
}

function isOpen({ counts }: Pick<PlanOnBoard, 'counts'>): boolean {
  return counts.waiting + counts.underWay > 0;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
