import type { QueueStatus, SubmittedPlan } from '../../batch/workers/plan-status.ts';
import type { PlanProgress, ProgressState } from '../../terminal/progress/progress-state.ts';
import type { QueuePace } from '../../terminal/progress/queue-pace.ts';
import type { SeenOnScreen } from '../progress/talking-screen.ts';

type PlanFacts = Pick<
  SubmittedPlan,
  'id' | 'usd' | 'tokens' | 'unpricedCalls' | 'budget' | 'isUsedUp' | 'counts'
>;

const unknown = { inTheEnd: null, atMost: null };

/** A plan of a database as the progress view shows it; `here` are the debates in this process's hands. */
export function planProgress(plan: PlanFacts, here: number | null): PlanProgress {
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

/** Debates of plans that somebody can still hold. */
export function debatesLeft(plans: readonly Pick<PlanFacts, 'counts' | 'isUsedUp'>[]): number {
  const open = plans.filter(({ isUsedUp }) => !isUsedUp);
  return open.reduce((sum, { counts }) => sum + counts.waiting + counts.underWay, 0);
}

export interface QueueFacts {
  place: string;
  status: QueueStatus;
  /** When that was asked, in milliseconds since 1970. */
  askedAt: number;
  /** What keeps the database from answering; null while it does. */
  trouble: string | null;
  pace: QueuePace;
  seen: SeenOnScreen;
}

/** Plans and their workers as somebody sees them who only looks on. */
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
    debates: [],
    faults: [...aside, ...troubles],
    faultCount: plans.reduce((sum, { failed }) => sum + failed, troubles.length),
    stopping: null,
  };
}
