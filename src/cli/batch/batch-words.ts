import type { BatchState } from '../../batch/batch-state.ts';
import type { PlanEstimate } from '../../batch/estimate-plan.ts';
import type { OpenPlan } from '../../batch/open-plan.ts';
import type { Plan } from '../../batch/plan.ts';
import { aboutTime, count, counted, decimal, dollars, grouped, rate } from '../../text/figures.ts';
import { chosenLine } from '../model-words.ts';
import { estimateInWords } from '../spending.ts';

/** What a batch is and would take: shown before anything is spent. */
export function outlookInWords(
  { plan, chosen }: Pick<OpenPlan, 'plan' | 'chosen'>,
  estimate: PlanEstimate,
  retryFailed: boolean,
): string[] {
  const { planned, done, failed, unfinished, fresh } = estimate.debates;
  const parts = [
    [plan.arms.length, 'arm'],
    [plan.scenarios.length, 'scenario'],
    ...(plan.articles.length > 1 ? [[plan.articles.length, 'article'] as const] : []),
    [plan.castOrders.length, 'cast order'],
    [plan.repeats, 'repeat'],
  ] as const;
  const design = parts.map(([number, noun]) => counted(number, noun)).join(', ');
  const states = [
    done > 0 ? `${done} done already` : '',
    failed > 0 ? `${failed} failed (${retryFailed ? 'will be retried' : '--retry-failed retries them'})` : '',
    unfinished > 0 ? `${unfinished} to continue` : '',
    `${fresh} new`,
  ];
  return [
    ...(chosen === null ? [] : [chosenLine(chosen)]),
    `${plan.title === '' ? 'Plan' : plan.title}: ${counted(planned, 'debate')} (${design}).`,
    `  ${states.filter(Boolean).join(', ')}.`,
    `  The rest takes about ${estimateInWords(estimate)}, ${aboutTime(estimate.milliseconds)}, if every debate runs all its rounds.`,
    ...jobsInWords(estimate),
    ...budgetInWords(plan),
  ];
}

/** The longest that OpenAI takes over a job. */
const longestJobMs = 24 * 3_600_000;

function jobsInWords({ jobs, costUsd, milliseconds }: PlanEstimate): string[] {
  if (jobs === null) return [];
  const { oneAfterAnother, singlyUsd } = jobs;
  const wait = `  In ${counted(oneAfterAnother, 'job')} one after another: ${aboutTime(milliseconds)} at half an hour a job, ${aboutTime(oneAfterAnother * longestJobMs)} at most.`;
  if (costUsd === null || singlyUsd === null) return [wait];
  const saving = `  ${dollars(costUsd)} in place of ${dollars(singlyUsd)}, not counting prompt caches, from which single calls read most of a debate.`;
  return [wait, saving];
}

function budgetInWords({ budget: { usd, tokens } }: Plan): string[] {
  const limits = [usd === null ? '' : dollars(usd), tokens === null ? '' : `${count(tokens)} tokens`];
  const set = limits.filter(Boolean);
  return set.length === 0 ? [] : [`  Budget: ${set.join(' and ')}, including what was used before.`];
}

export interface ProgressFacts {
  state: BatchState;
  planned: number;
  /** Debates that were over or failed when this process began. */
  before: number;
  elapsedMs: number;
}

/** One line on how far a batch is: `120 of 1,000 debates done, 2 failed; 16 under way; 3.1 a minute; $0.12; 12 min left`. */
export function batchInWords({ state, planned, before, elapsedMs }: ProgressFacts): string {
  const { done, failed, skipped, running, spending, limiters, lockstep } = state;
  const rested = done + failed + skipped - before;
  const perMinute = elapsedMs === 0 ? 0 : (rested / elapsedMs) * 60_000;
  const left = planned - done - failed - skipped;
  const refusals = limiters.reduce((sum, limiter) => sum + limiter.refusals, 0);
  return [
    `${grouped(done)} of ${grouped(planned)} debates done${failed > 0 ? `, ${grouped(failed)} failed` : ''}`,
    `${running} under way`,
    ...limiters.map((limiter) => `${limiter.name} ${limiter.underWay} of ${limiter.limit} calls`),
    ...(lockstep === null ? [] : [lockstepInWords(lockstep)]),
    ...(refusals > 0 ? [`${grouped(refusals)} refused`] : []),
    ...(rested > 0 ? [`${rate(perMinute)} a minute`] : []),
    `${costInWords(spending)}, ${count(spending.tokens)} tokens`,
    ...(rested > 0 && state.stopping === null ? [`${aboutTime((left / perMinute) * 60_000)} left`] : []),
    ...(state.stopping === null ? [] : ['stopping']),
  ].join('; ');
}

function lockstepInWords({ jobs, collected, trouble }: NonNullable<BatchState['lockstep']>): string {
  const requests = jobs.reduce((sum, job) => sum + job.requests, 0);
  const settled = jobs.reduce((sum, job) => sum + job.settled, 0);
  const underWay =
    jobs.length === 0
      ? 'no job under way'
      : `${counted(jobs.length, 'job')} with ${grouped(settled)} of ${grouped(requests)} answers`;
  return `${underWay}, ${grouped(collected)} collected${trouble === null ? '' : ` (waiting: ${trouble})`}`;
}

/** What came of an arm: `steel: 12 debates over, mean C 0.62; 8 converged, 4 round-limit; $0.54`. */
function armInWords({ arm, totals }: ReturnType<BatchState['arms']>[number]): string {
  const { runs, meanConvergence, endings, costUsd, unpricedCalls } = totals;
  const ended = Object.entries(endings)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, times]) => `${grouped(times)} ${reason}`);
  const parts = [
    `${counted(runs, 'debate')} over, mean C ${decimal(meanConvergence)}`,
    ended.join(', '),
    costInWords({ usd: costUsd, unpricedCalls }),
  ];
  return `  ${arm}: ${parts.filter(Boolean).join('; ')}`;
}

/** How a batch came out, arm by arm, and what to do next. */
export function resultInWords(state: BatchState, planned: number, given: string): string[] {
  const { done, failed, skipped, spending } = state;
  const left = planned - done - failed - skipped;
  const arms = state.arms();
  const parts = [
    `${grouped(done)} of ${counted(planned, 'debate')} done`,
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} held by another process`] : []),
    ...(left > 0 ? [`${grouped(left)} left`] : []),
  ];
  return [
    `${parts.join(', ')}; ${costInWords(spending)} and ${count(spending.tokens)} tokens in all.`,
    ...arms.filter(({ totals }) => totals.runs > 0).map(armInWords),
    ...(state.stopping === null ? [] : [state.stopping]),
    ...(left > 0 ? [`Continue with: parley batch ${given}`] : []),
    ...(failed > 0 ? [`Retry the failed ones with: parley batch ${given} --retry-failed`] : []),
    ...(left === 0 && arms.length > 1 ? [`Compare the arms with: parley compare ${given}`] : []),
  ];
}

/** What is left of a plan that is being compared, and how to go on. */
export function leftInWords(
  { stopping, isOutOfBudget, done, failed }: BatchState,
  planned: number,
  again: string,
): string[] {
  const lines = stopping === null ? [] : [stopping];
  if (failed > 0) lines.push(`${failed} failed. Try again with: ${again} --retry-failed`);
  if (done + failed < planned) {
    const more = isOutOfBudget ? ', and a larger budget' : '';
    lines.push(`${done} of ${planned} debates done. Continue with: ${again}${more}`);
  }
  return lines;
}

function costInWords({ usd, unpricedCalls }: Pick<BatchState['spending'], 'usd' | 'unpricedCalls'>): string {
  return unpricedCalls > 0
    ? `${dollars(usd)} and ${grouped(unpricedCalls)} calls without a price`
    : dollars(usd);
}
