import type { Range } from './progress-state.ts';

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

export interface TimeFacts {
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
