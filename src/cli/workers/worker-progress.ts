import type { QueueStatus, SubmittedPlan } from '../../batch/workers/plan-status.ts';
import type { WorkerState } from '../../batch/workers/worker-state.ts';
import type { QueuePace } from '../../terminal/progress/pace.ts';
import type { PlanProgress, ProgressState } from '../../terminal/progress/progress-state.ts';
import type { WatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { SeenOnScreen } from '../progress/reporter.ts';
import { isOpen } from './worker-words.ts';

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
    plans:
      only && others.length === 0 ? [{ ...only, ...inTheEnd(only, debatesLeft(plans), watched) }] : shown,
    ...watched.rates(),
    timeLeft: pace.timeLeft(debatesLeft(plans)),
    providers: limiters,
    jobs: null,
    controls: null,
    debates: watched.running,
    stopping,
  };
}

/** What all debates of a plan will use, estimated from those that this worker ran. */
function inTheEnd(
  { usd, tokens, unpricedCalls, running }: ProgressState['plans'][number],
  left: number,
  watched: WatchedDebates,
): Pick<ProgressState['plans'][number], 'usd' | 'tokens'> {
  const remainder = { waiting: Math.max(0, left - running), most: null };
  return {
    usd: unpricedCalls > 0 ? usd : { ...usd, ...watched.inTheEnd('usd', usd.soFar, remainder) },
    tokens: { ...tokens, ...watched.inTheEnd('tokens', tokens.soFar, remainder) },
  };
}
