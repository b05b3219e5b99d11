import type { Clock } from '../../debate/clock.ts';
import type { RunSignal } from '../../debate/notices.ts';
import { createDebateWatch, type DebateLabel, type DebateWatch } from './debate-watch.ts';
import { createPace } from './pace.ts';
import type { ProgressState, Range, RunningDebate, TimeLeft, Used } from './progress-state.ts';

/** Two-sided 90 %: one in ten times it comes otherwise. */
const z = 1.645;
const fewest = 5;

/**
 * Do the debates that are over stand for all? The first to end are the shortest, so as many must be over as are under
 * way at once.
 */
export function isTelling(finished: Tally, atOnce: number): boolean {
  return finished.count >= Math.max(fewest, atOnce);
}

/**
 * What debates that are not over will still use: those that wait as much as the finished ones on average, running ones
 * the rest of it. The range is a prediction interval: the mean may be off, and single debates differ.
 */
export function leftToUse(finished: Tally, running: readonly number[], waiting: number): Range {
  const { count, mean, deviation } = finished;
  const rest = running.reduce((sum, used) => sum + Math.max(0, mean - used), 0);
  const open = waiting + running.length;
  const expected = waiting * mean + rest;
  const spread = z * deviation * Math.sqrt((open * open) / count + open);
  return { low: Math.max(0, expected - spread), high: expected + spread };
}

interface TimeFacts {
  /** Calls and milliseconds that debates took from their start to their end. */
  calls: Tally;
  milliseconds: Tally;
  /** Calls that each running debate has made. */
  running: readonly number[];
  waiting: number;
  /** Calls a minute, and the share by which that may be off. */
  rate: { perMinute: number; spread: number };
}

/**
 * The calls that are left at the rate of late, and never less than the debate that is furthest behind takes by itself.
 * With debates still to begin, one may be the last to begin and end by itself (Graham, "Bounds on multiprocessing timing
 * anomalies", 1969: at most the shared work plus the longest piece).
 */
export function timeLeft({ calls, milliseconds, running, waiting, rate }: TimeFacts): Range {
  const left = leftToUse(calls, running, waiting);
  const perCall = calls.mean === 0 ? 0 : milliseconds.mean / calls.mean;
  const longest = running.reduce((most, used) => Math.max(most, calls.mean - used), 0) * perCall;
  const minutes = (callsLeft: number, perMinute: number) => (callsLeft / perMinute) * 60_000;
  const low = Math.max(
    waiting > 0 ? 0 : longest * 0.8,
    minutes(left.low, rate.perMinute * (1 + rate.spread)),
  );
  const slowest = rate.perMinute * Math.max(0.1, 1 - rate.spread);
  const high = minutes(left.high, slowest) + (waiting > 0 ? milliseconds.mean : 0);
  return { low, high: Math.max(high, low, longest * 1.25) };
}

/** How many values there were, their mean, and how far they lie apart. */
interface Tally {
  readonly count: number;
  readonly mean: number;
  /** Of the sample; 0 for fewer than two values. */
  readonly deviation: number;
}

interface GrowingTally extends Tally {
  add(value: number): void;
}

/** One pass, no values kept (Welford, "Note on a method for calculating corrected sums of squares", Technometrics 1962). */
export function createTally(): GrowingTally {
  let [count, mean, squares] = [0, 0, 0];
  return {
    get count() {
      return count;
    },
    get mean() {
      return mean;
    },
    get deviation() {
      return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    },
    add(value) {
      count += 1;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    },
  };
}

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
