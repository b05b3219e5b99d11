import type { Clock } from '../../debate/clock.ts';
import type { RunSignal } from '../../debate/notices.ts';
import { createDebateWatch, type DebateLabel, type DebateWatch } from './debate-watch.ts';
import { createTally, isTelling, leftToUse, timeLeft } from './forecast.ts';
import { createPace } from './pace.ts';
import type { ProgressState, RunningDebate, TimeLeft, Used } from './progress-state.ts';

/** A run as its watcher needs it. */
interface WatchedRun {
  readonly firstEvent: number;
  subscribe(subscriber: (signal: RunSignal) => void): unknown;
}

/** What is left, as counted and as estimated before anything was spent. */
export interface Remainder {
  /** Debates that have not begun. */
  waiting: number;
  /** What the debates of this process take at most, all rounds held; null where it is unknown. */
  most: { debates: number; calls: number; usd: number | null; tokens: number } | null;
}

/** The debates under way, and what those that are over tell of the others. */
export interface WatchedDebates {
  /** Follows a run from now on; what it gives is to be called once that run rests. */
  watch(run: WatchedRun, label: DebateLabel): () => void;
  readonly running: readonly RunningDebate[];
  rates(): Pick<ProgressState, 'debatesPerMinute' | 'callsPerMinute'>;
  timeLeft(remainder: Remainder): TimeLeft | null;
  /** What something will be in the end, from what was used so far. */
  inTheEnd(of: 'usd' | 'tokens', soFar: number, remainder: Remainder): Pick<Used, 'inTheEnd' | 'atMost'>;
}

const unended: ReadonlySet<DebateWatch['ending']> = new Set([null, 'stopped', 'failed']);

export function createWatchedDebates(clock: Pick<Clock, 'now'>): WatchedDebates {
  /** A debate keeps its place among the rows, and a new one takes the place of one that is over: rows do not jump. */
  const seats: (DebateWatch | null)[] = [];
  const pace = { debates: createPace(clock), calls: createPace(clock) };
  const whole = {
    calls: createTally(),
    usd: createTally(),
    tokens: createTally(),
    milliseconds: createTally(),
  };
  let rested = 0;
  let mostAtOnce = 0;

  const seated = () => seats.filter((seat) => seat !== null);
  const usedBy = (of: 'calls' | 'usd' | 'tokens') => seated().map(({ used }) => used[of]);
  /** What running debates have used, and what is left of the estimate for those that rest. */
  const mostLeft = (of: 'calls' | 'usd' | 'tokens', { most }: Remainder): number | null => {
    const all = most?.[of] ?? null;
    if (most === null || all === null) return null;
    const each = all / Math.max(1, most.debates);
    return Math.max(0, all - each * rested - usedBy(of).reduce((sum, used) => sum + used, 0));
  };

  const rest = (watch: DebateWatch, firstEvent: number) => {
    seats[seats.indexOf(watch)] = null;
    while (seats.length > 0 && seats.at(-1) === null) seats.pop();
    rested += 1;
    if (unended.has(watch.ending)) return;
    pace.debates.count();
    // Those that went on from an earlier run tell only of their rest.
    if (firstEvent > 0) return;
    for (const kind of ['calls', 'usd', 'tokens'] as const) whole[kind].add(watch.used[kind]);
    whole.milliseconds.add(clock.now() - watch.seen.startedAt);
  };

  return {
    watch(run, label) {
      const { firstEvent } = run;
      const onCall = pace.calls.count;
      const watch = createDebateWatch({ ...label, firstEvent, clock, onCall });
      run.subscribe(watch.take);
      const free = seats.indexOf(null);
      if (free < 0) seats.push(watch);
      else seats[free] = watch;
      mostAtOnce = Math.max(mostAtOnce, seats.length);
      return () => rest(watch, firstEvent);
    },
    get running() {
      return seated().map(({ seen }) => seen);
    },
    rates: () => ({
      debatesPerMinute: pace.debates.rate?.perMinute ?? null,
      callsPerMinute: pace.calls.rate?.perMinute ?? null,
    }),
    timeLeft(remainder) {
      const { rate } = pace.calls;
      if (rate === null) return null;
      const most = mostLeft('calls', remainder);
      const atMost = most === null ? null : (most / rate.perMinute) * 60_000;
      if (!isTelling(whole.calls, mostAtOnce)) return atMost === null ? null : { atMost };
      const { calls, milliseconds } = whole;
      const { waiting } = remainder;
      return timeLeft({ calls, milliseconds, running: usedBy('calls'), waiting, rate });
    },
    inTheEnd(of, soFar, remainder) {
      const most = mostLeft(of, remainder);
      const atMost = most === null ? null : soFar + most;
      if (!isTelling(whole[of], mostAtOnce)) return { inTheEnd: null, atMost };
      const left = leftToUse(whole[of], usedBy(of), remainder.waiting);
      return { inTheEnd: { low: soFar + left.low, high: soFar + left.high }, atMost };
    },
  };
}
