import type { WorkerState } from '../../batch/workers/worker-state.ts';
import type { ProgressState } from '../../terminal/progress/progress-state.ts';
import type { QueuePace } from '../../terminal/progress/queue-pace.ts';
import type { WatchedDebates } from '../../terminal/progress/watched-debates.ts';
import type { SeenOnScreen } from '../progress/talking-screen.ts';
import { debatesLeft, planProgress } from './queue-progress.ts';
import { isOpen } from './worker-words.ts';

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
    debates: watched.running,
    stopping,
  };
}

/** What all debates of a plan use in the end, told from those that this worker held. */
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
