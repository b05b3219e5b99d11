import type { StatedLimit, StatedLimits } from '../models/rate-limits.ts';

/** Answers that are looked at together for their latency. */
const windowSize = 16;
/** So much slower than the usual first token, and by so many milliseconds, counts as a queue at the provider. */
const slower = { times: 2, milliseconds: 400 };

/**
 * How many calls may be under way at once with one provider, as its answers teach.
 * Additive increase, multiplicative decrease, after a start that doubles (Jacobson, "Congestion Avoidance and Control",
 * SIGCOMM 1988). Refusals of calls that were under way together count once. Rising latency shrinks it gently, before
 * anything is refused (the idea of TCP Vegas: Brakmo and Peterson, 1995).
 */
export function createCallLimit({ first, most }: { first: number; most: number }) {
  let calls = Math.min(first, most);
  let isDoubling = true;
  let cutAt = Number.NEGATIVE_INFINITY;
  let latencies: number[] = [];
  let usual: number | null = null;

  const shrink = (factor: number) => {
    calls = Math.max(1, calls * factor);
    isDoubling = false;
  };
  const watchLatency = () => {
    const mean = latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
    latencies = [];
    // Prompts grow as debates go on, so the usual may rise slowly.
    usual = usual === null ? mean : Math.min(mean, usual * 1.05);
    if (mean > slower.times * usual && mean > usual + slower.milliseconds) shrink(0.9);
  };

  return {
    /** At least 1. */
    get calls() {
      return Math.floor(calls);
    },
    /** A call was answered; `isFull` tells whether the limit was what held others back. */
    answered(firstTokenMs: number, isFull: boolean): void {
      if (isFull) calls = Math.min(most, calls + (isDoubling ? 1 : 1 / calls));
      latencies.push(firstTokenMs);
      if (latencies.length >= Math.max(windowSize, calls)) watchLatency();
    },
    /** A call that began at `startedAt` was refused for too many; true where this says anything new. */
    refused(startedAt: number, now: number): boolean {
      if (startedAt < cutAt) return false;
      cutAt = now;
      shrink(0.7);
      return true;
    },
  };
}

export type CallLimit = ReturnType<typeof createCallLimit>;

/** At most this much of a minute's allowance is saved up, so that no window of a server sees a burst. */
const usuallySavedMs = 1_000;

/**
 * So many a minute, spread evenly: a token bucket that may be in debt, so that one large request passes and is paid
 * off after. Only `least` is ever waited for; 0 waits for the debt to be gone.
 */
export function createAllowance(perMinute: number, now: number, least: number, savedMs = usuallySavedMs) {
  let rate = perMinute / minute;
  let left = least;
  let at = now;
  const refill = (time: number) => {
    left = Math.min(Math.max(least, rate * savedMs), left + (time - at) * rate);
    at = time;
  };
  return {
    /** Milliseconds until something may be taken; 0 for now. */
    wait(time: number): number {
      refill(time);
      return left >= least ? 0 : Math.ceil((least - left) / rate);
    },
    /** Takes an amount; a negative one gives back what an estimate took too much. */
    take(amount: number, time: number): void {
      refill(time);
      left -= amount;
    },
    setRate(perMinuteNow: number, time: number): void {
      refill(time);
      rate = perMinuteNow / minute;
    },
  };
}

type Allowance = ReturnType<typeof createAllowance>;

/** Two clocks never agree: a little less than what is stated is asked for, and hardly anything saved up. */
const share = 0.99;
const savedMs = 250;

/**
 * The pace that a provider states for one model in the headers of its replies; no limit before the first. Spreads what a provider allows evenly over the minute, and waits where it says that nothing is left.
 * Of a limit that is not one of a minute only the second counts.
 */
export function createStatedPace() {
  let requests: Allowance | null = null;
  let tokens: Allowance | null = null;
  let pausedUntil = 0;

  const paced = (known: Allowance | null, { limit, resetMs }: StatedLimit, least: number, now: number) => {
    if (resetMs !== null && resetMs > 1.05 * minute) return null;
    if (!known) return createAllowance(limit * share, now, least, savedMs);
    known.setRate(limit * share, now);
    return known;
  };
  const pauseFor = (stated: StatedLimit, now: number) => {
    if (stated.remaining > 0) return;
    pausedUntil = Math.max(pausedUntil, now + untilSome(stated));
  };

  return {
    /** Milliseconds until the next request may start. */
    wait: (now: number) => Math.max(pausedUntil - now, requests?.wait(now) ?? 0, tokens?.wait(now) ?? 0),
    started(estimate: number, now: number): void {
      requests?.take(1, now);
      tokens?.take(estimate, now);
    },
    /** A call used so many tokens more than was supposed, or fewer. */
    corrected: (more: number, now: number) => tokens?.take(more, now),
    told(limits: StatedLimits, now: number): void {
      if (limits.requests) {
        requests = paced(requests, limits.requests, 1, now);
        pauseFor(limits.requests, now);
      }
      if (limits.tokens) {
        tokens = paced(tokens, limits.tokens, 0, now);
        pauseFor(limits.tokens, now);
      }
    },
  };
}

export type StatedPace = ReturnType<typeof createStatedPace>;

/** Milliseconds until there is something again: a bucket drips, a window gives nothing before its end. */
function untilSome({ limit, resetMs }: StatedLimit): number {
  // An empty bucket takes a whole minute to fill.
  const isBucket = resetMs === null || Math.abs(resetMs - minute) < 0.05 * minute;
  return isBucket ? minute / limit : resetMs;
}

const minute = 60_000;
const calm = { everyMs: 5_000, firstStep: 0.02, mostStep: 0.5 };

/**
 * How many requests a minute a provider takes, learned from its refusals; no limit before the first. When a server refuses, what it took in the minute before is its limit, whether it counts in windows or by a bucket;
 * before a minute has passed, what it took a second. From there the pace rises again, in steps that double while all
 * is well.
 */
export function createLearnedPace() {
  const allowance = createAllowance(minute, 0, 1);
  let taken: number[] = [];
  let perMinute: number | null = null;
  let raisedAt = 0;
  let step = calm.firstStep;
  let isProven = false;
  let begunAt: number | null = null;

  const setPace = (pace: number, now: number) => {
    perMinute = pace;
    raisedAt = now;
    allowance.setRate(pace, now);
  };
  /** Requests a minute that were answered of late. */
  const recentPace = (now: number) => {
    taken = taken.filter((time) => time > now - minute);
    const span = Math.max(1000, now - Math.max(begunAt ?? now, now - minute));
    return Math.max(1, (taken.length / span) * minute);
  };

  return {
    get perMinute() {
      return perMinute;
    },
    /** Milliseconds until the next request may start. */
    wait: (now: number) => (perMinute === null ? 0 : allowance.wait(now)),
    started(now: number): void {
      begunAt ??= now;
      if (perMinute !== null) allowance.take(1, now);
    },
    answered(now: number): void {
      taken.push(now);
      if (taken.length % 5000 === 0) recentPace(now);
      if (perMinute === null || now - raisedAt < calm.everyMs) return;
      setPace(perMinute * (1 + step), now);
      isProven = true;
      step = Math.min(calm.mostStep, step * 2);
    },
    refused(now: number): void {
      const before = perMinute ?? Number.POSITIVE_INFINITY;
      // A pace that was accepted for a while is a little too high; one that never was says nothing.
      setPace(isProven ? before * 0.97 : Math.max(1, Math.min(recentPace(now), before * 0.97)), now);
      isProven = false;
      step = calm.firstStep;
    },
  };
}
