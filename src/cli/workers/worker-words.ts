import type {
  PlanStatus,
  QueueStatus,
  SubmittedPlan,
  WorkerStatus,
} from '../../batch/workers/plan-status.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import { count, counted, dollars, duration, grouped, rate } from '../../text/figures.ts';

/** How a worker is, in one line: `3 debates done here, 12 a minute; 4 under way; openai 4 of 8 calls; night-run 120 of 1,000 done`. */
export function healthInWords(state: WorkerState, elapsedMs: number): string {
  const { done, failed, setAside, underWay, limiters, plans, stopping } = state;
  const perMinute = elapsedMs === 0 ? 0 : (done / elapsedMs) * 60_000;
  const refusals = limiters.reduce((sum, limiter) => sum + limiter.refusals, 0);
  return [
    doneHere({ done, failed, setAside }),
    ...(done > 0 ? [`${rate(perMinute)} a minute`] : []),
    `${underWay} under way`,
    ...limiters.map((limiter) => `${limiter.name} ${limiter.underWay} of ${limiter.limit} calls`),
    ...(refusals > 0 ? [`${grouped(refusals)} refused`] : []),
    ...plans.filter(isOpen).map((plan) => `${plan.id} ${progressInWords(plan)}, ${spentInWords(plan)}`),
    ...(stopping === null ? [] : ['stopping']),
  ].join('; ');
}

/** `why` is null once it answers again. */
export function databaseInWords(why: string | null): string {
  if (why === null) return 'The database answers again.';
  return `The database does not answer (${why}); trying again.`;
}

/** What a worker did, how far the plans are, and what to do next. */
export function endInWords(
  { done, failed, setAside, stopping, plans }: WorkerState,
  place: string,
): string[] {
  const open = plans.filter(isOpen);
  return [
    ...(stopping === null ? [] : [stopping]),
    `${doneHere({ done, failed, setAside })}.`,
    ...(plans.length === 0 ? ['No plan was submitted there yet.'] : []),
    ...open.filter(({ isUsedUp }) => !isUsedUp).map((plan) => `${plan.id}: ${progressInWords(plan)}.`),
    ...open.filter(({ isUsedUp }) => isUsedUp).map(usedUpInWords),
    ...(open.some(({ isUsedUp }) => !isUsedUp) ? [`Continue with: parley worker ${place}`] : []),
    ...(plans.length > 0 && open.length === 0
      ? plans.map(({ file }) => `Compare the arms with: parley compare ${file} --transcripts ${place}`)
      : []),
  ];
}

function doneHere({ done, failed, setAside }: Pick<WorkerState, 'done' | 'failed' | 'setAside'>): string {
  return [
    `${counted(done, 'debate')} done here`,
    ...(failed > 0 ? [`${grouped(failed)} failed and retried`] : []),
    ...(setAside > 0 ? [`${grouped(setAside)} set aside`] : []),
  ].join(', ');
}

export function statusInWords(place: string, { plans, workers }: QueueStatus): string[] {
  if (plans.length === 0)
    return [`No plan was submitted to ${place} yet. Submit one with: parley batch PLAN --on ${place}`];
  return [
    ...plans.flatMap((plan) => planInWords(plan, workers)),
    ...workersInWords(place, workers, plans.some(isOpen)),
  ];
}

/** A line for each plan that a worker runs or could run. */
export function openPlansInWords({ plans }: QueueStatus): string[] {
  return plans.filter(isOpen).map((plan) => `${plan.id}: ${progressInWords(plan)}; ${spentInWords(plan)}`);
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
          `  including ${dollars(plan.lost.usd)} and ${count(plan.lost.tokens)} tokens for calls in progress when workers were killed`,
        ]
      : []),
    ...(plan.isUsedUp && isOpen(plan) ? [`  ${usedUpInWords(plan)}`] : []),
    ...plan.setAside.map(({ debate, why }) => `  set aside: ${debate}: ${why}`),
    ...(plan.setAside.length === 0
      ? []
      : ['  Submit the plan again with --retry-failed to try these once more.']),
  ];
}

/** The workers, and how to start one while none runs and debates are left. */
function workersInWords(place: string, workers: readonly WorkerStatus[], isSomethingLeft: boolean): string[] {
  const here = workers.filter(({ isGone }) => !isGone).map(({ name }) => name);
  const gone = workers.filter(({ isGone }) => isGone);
  const silent = gone.map(({ name, silentMs }) => `${name} (${duration(silentMs)})`);
  const fate = here.length === 0 ? 'the next worker' : 'the others';
  const start = isSomethingLeft ? ` Start one with: parley worker ${place}` : '';
  return [
    here.length === 0 ? `No worker is running.${start}` : `At work: ${here.join(', ')}.`,
    ...(gone.length === 0
      ? []
      : [`No longer responding: ${silent.join(', ')}. Their debates go to ${fate}.`]),
  ];
}

function progressInWords({ counts, ...plan }: Pick<SubmittedPlan, 'counts'> & { retrying?: number }): string {
  const retrying = 'retrying' in counts ? Number(counts.retrying) : (plan.retrying ?? 0);
  return [
    `${grouped(counts.done)} of ${grouped(counts.planned)} debates done`,
    ...(counts.setAside > 0 ? [`${grouped(counts.setAside)} failed and set aside`] : []),
    ...(retrying > 0 ? [`${grouped(retrying)} to be retried`] : []),
    `${grouped(counts.underWay)} under way`,
    `${grouped(counts.waiting)} left`,
  ].join(', ');
}

function spentInWords({
  usd,
  tokens,
  unpricedCalls,
  budget,
}: Omit<PlanStatus, 'counts' | 'setAside'>): string {
  const unpriced = unpricedCalls > 0 ? ` and ${grouped(unpricedCalls)} calls without a price` : '';
  const ofUsd = budget.usd === null ? '' : ` of ${dollars(budget.usd)}`;
  const ofTokens = budget.tokens === null ? '' : ` of ${count(budget.tokens)}`;
  return `${dollars(usd)}${ofUsd}${unpriced}, ${count(tokens)}${ofTokens} tokens`;
}

function usedUpInWords({ id, file }: { id: string; file: string }): string {
  return `The budget of ${id} is used up. Continue with a larger one: parley batch ${file} --on ADDRESS --budget USD`;
}

export function isOpen({ counts }: Pick<SubmittedPlan, 'counts'>): boolean {
  return counts.waiting + counts.underWay > 0;
}
