import type { BatchState } from '../../batch/batch-state.ts';
import type { OpenBatch } from '../../batch/open-batch.ts';
import { castOrderText, type Plan } from '../../batch/plan.ts';
import type { Task } from '../../batch/planned-debate.ts';
import type { QueueStatus, SubmittedPlan } from '../../batch/workers/plan-status.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import type { QueuePace } from '../../terminal/progress/pace.ts';
import type { PlanProgress, ProgressState } from '../../terminal/progress/progress-state.ts';
import type { Remainder, WatchedDebates } from '../../terminal/progress/watched-debates.ts';
import { isOpen } from '../workers/worker-words.ts';
import type { SeenOnScreen } from './reporter.ts';

export interface BatchProgressFacts {
  open: Pick<OpenBatch, 'name' | 'plan' | 'models' | 'estimate'>;
  retryFailed: boolean;
  state: BatchState;
  watched: WatchedDebates;
  seen: SeenOnScreen;
}

/** A batch as the progress view shows it. */
export function batchProgress(facts: BatchProgressFacts): ProgressState {
  const { open, state, watched, seen } = facts;
  const { planned } = open.estimate.debates;
  const { done, failed, skipped, running, spending, limiters, lockstep, stopping } = state;
  const remainder = remainderOf(facts);
  const { usd, tokens, unpricedCalls } = spending;
  const { budget } = state;
  const own: PlanProgress = {
    name: open.name,
    ...{ planned, done, failed, skipped, running, unpricedCalls, isUsedUp: false },
    usd: { soFar: usd, budget: budget.usd, ...unknown },
    tokens: { soFar: tokens, budget: budget.tokens, ...unknown },
  };
  return {
    who: { type: 'batch' },
    heading: open.name,
    isSimulated: [...open.models.handles.values()].some(({ simulated }) => simulated),
    ...seen,
    stopping,
    controls: { isPaused: state.isPaused },
    plans: [inTheEnd(own, remainder, watched)],
    ...watched.rates(),
    // Answers of jobs come hours after each other, and all at once: no pace says when.
    timeLeft: lockstep === null ? watched.timeLeft(remainder) : null,
    providers: limiters,
    jobs: lockstep === null ? null : { underWay: lockstep.jobs, trouble: lockstep.trouble },
    debates: watched.running,
  };
}

function remainderOf({ open: { estimate }, retryFailed, state }: BatchProgressFacts): Remainder {
  const { planned, fresh, unfinished, failed } = estimate.debates;
  const over = state.done + state.failed + state.skipped + state.unfinished;
  return {
    waiting: Math.max(0, planned - over - state.running),
    most: {
      debates: fresh + unfinished + (retryFailed ? failed : 0),
      calls: estimate.calls,
      usd: estimate.costUsd,
      tokens: estimate.inputTokens + estimate.outputTokens,
    },
  };
}

/** What tells a debate of a plan from its others: `steel/gpt-5-mini #3`, and in full `us-dprk-talks/steel/gpt-5-mini #3`. */
export function debateLabel(
  plan: Pick<Plan, 'arms' | 'scenarios' | 'articles' | 'castOrders' | 'repeats'>,
  { cell, debate: { id, arm } }: Pick<Task, 'cell' | 'debate'>,
): { debate: string; label: string; wholeLabel: string } {
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
    debate: id,
    label: named(differing.length > 0 ? differing : [scenario]),
    wholeLabel: named([scenario, arm.id, model]),
  };
}

/** Of a path or an address the last part, without its ending. */
function lastOf(reference: string): string {
  const last = reference.split(/[/\\]/).filter(Boolean).at(-1) ?? reference;
  return last.replace(/\.(md|html?|txt)$/, '');
}

type PlanFacts = Pick<
  SubmittedPlan,
  'id' | 'usd' | 'tokens' | 'unpricedCalls' | 'budget' | 'isUsedUp' | 'counts'
>;

const unknown = { inTheEnd: null, atMost: null };

/** A plan of a database as the progress view shows it; `here` are the debates in this process's hands. */
function planProgress(plan: PlanFacts, here: number | null): PlanProgress {
  const { id, counts, usd, tokens, unpricedCalls, budget, isUsedUp } = plan;
  const { planned, done, setAside, underWay } = counts;
  const running = here ?? underWay;
  return {
    name: id,
    ...{ planned, done, failed: setAside, running, unpricedCalls, isUsedUp },
    skipped: Math.max(0, underWay - running),
    usd: { soFar: usd, budget: budget.usd, ...unknown },
    tokens: { soFar: tokens, budget: budget.tokens, ...unknown },
  };
}

/** Debates that can still be run. */
function debatesLeft(plans: readonly Pick<PlanFacts, 'counts' | 'isUsedUp'>[]): number {
  const open = plans.filter(({ isUsedUp }) => !isUsedUp);
  return open.reduce((sum, { counts }) => sum + counts.waiting + counts.underWay, 0);
}

interface QueueFacts {
  place: string;
  status: QueueStatus;
  /** When that was asked, in milliseconds since 1970. */
  askedAt: number;
  /** What keeps the database from answering; null while it does. */
  trouble: string | null;
  pace: QueuePace;
  seen: SeenOnScreen;
}

/** Plans and their workers, for `parley status --watch`. */
export function queueProgress({ place, status, askedAt, trouble, pace, seen }: QueueFacts): ProgressState {
  const plans = status.plans.map((plan) => planProgress(plan, null));
  pace.saw(plans);
  const aside = status.plans.flatMap(({ setAside }) => setAside);
  const troubles = trouble === null ? [] : [{ debate: null, why: trouble }];
  return {
    who: {
      type: 'watcher',
      workers: status.workers.map(({ underWay, startedAt, silentMs, ...worker }) => ({
        ...worker,
        underWay: Object.values(underWay).reduce((sum, count) => sum + count, 0),
        startedAt: Date.parse(startedAt),
        silentMs: silentMs + seen.now - askedAt,
      })),
    },
    heading: place,
    isSimulated: false,
    ...seen,
    plans,
    debatesPerMinute: pace.debatesPerMinute,
    callsPerMinute: null,
    timeLeft: pace.timeLeft(debatesLeft(status.plans)),
    providers: [],
    jobs: null,
    controls: null,
    debates: [],
    faults: [...aside, ...troubles],
    faultCount: plans.reduce((sum, { failed }) => sum + failed, troubles.length),
    stopping: null,
  };
}

export interface WorkerProgressFacts {
  /** Machine and process. */
  name: string;
  place: string;
  leaseMs: number;
  state: WorkerState;
  watched: WatchedDebates;
  pace: QueuePace;
  /** Plans that were open at some time since this worker began; those that open now are added. */
  known: Set<string>;
  seen: SeenOnScreen;
}

/** A worker as the progress view shows it: the plans over all workers, the debates in its own hands. */
export function workerProgress(facts: WorkerProgressFacts): ProgressState {
  const { name, place, leaseMs, state, watched, pace, known, seen } = facts;
  const { done, failed, setAside, trouble, confirmedAt, limiters, stopping, byPlan } = state;
  for (const plan of state.plans) if (isOpen(plan)) known.add(plan.id);
  const plans = state.plans.filter(({ id }) => known.has(id));
  const shown = plans.map((plan) => planProgress(plan, byPlan.get(plan.id) ?? 0));
  pace.saw(shown);
  const [only, ...others] = shown;
  const left = debatesLeft(plans);
  const remainder = { waiting: Math.max(0, left - (only?.running ?? 0)), most: null };
  const limits = [...state.limits].map(([provider, rates]) => ({ provider, ...rates }));
  return {
    who: {
      type: 'worker',
      worker: {
        ...{ done, failed, setAside, leaseMs, trouble, limits },
        confirmedMs: Math.max(0, seen.now - confirmedAt),
      },
    },
    heading: `${name} on ${place}`,
    isSimulated: limiters.some((limiter) => limiter.name === 'simulator'),
    ...seen,
    plans: only && others.length === 0 ? [inTheEnd(only, remainder, watched)] : shown,
    ...watched.rates(),
    timeLeft: pace.timeLeft(left),
    providers: limiters,
    jobs: null,
    controls: null,
    debates: watched.running,
    stopping,
  };
}

/** A plan with what all its debates will use, estimated from those that this process ran. */
function inTheEnd(plan: PlanProgress, remainder: Remainder, watched: WatchedDebates): PlanProgress {
  const { usd, tokens, unpricedCalls } = plan;
  return {
    ...plan,
    usd: unpricedCalls > 0 ? usd : { ...usd, ...watched.inTheEnd('usd', usd.soFar, remainder) },
    tokens: { ...tokens, ...watched.inTheEnd('tokens', tokens.soFar, remainder) },
  };
}
