import { createAllowance } from './allowance.ts';

const minute = 60_000;
const calm = { everyMs: 5_000, firstStep: 0.02, mostStep: 0.5 };

/** How many requests a minute a provider takes, learned from its refusals; no limit before the first. */
export interface LearnedPace {
  readonly perMinute: number | null;
  /** Milliseconds until the next request may start. */
  wait(now: number): number;
  started(now: number): void;
  answered(now: number): void;
  refused(now: number): void;
}

/**
 * When a server refuses, what it took in the minute before is its limit, whether it counts in windows or by a bucket;
 * before a minute has passed, what it took a second. From there the pace rises again, in steps that double while all
 * is well.
 */
export function createLearnedPace(): LearnedPace {
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
    const first = taken.findIndex((time) => time > now - minute);
    if (first === -1) return 1;
    taken = taken.slice(first);
    const span = Math.max(1000, now - Math.max(begunAt ?? now, now - minute));
    return Math.max(1, (taken.length / span) * minute);
  };

  return {
    get perMinute() {
      return perMinute;
    },
    wait: (now) => (perMinute === null ? 0 : allowance.wait(now)),
    started(now) {
      begunAt ??= now;
      if (perMinute !== null) allowance.take(1, now);
    },
    answered(now) {
      taken.push(now);
      if (taken.length % 5000 === 0) recentPace(now);
      if (perMinute === null || now - raisedAt < calm.everyMs) return;
      setPace(perMinute * (1 + step), now);
      isProven = true;
      step = Math.min(calm.mostStep, step * 2);
    },
    refused(now) {
      const before = perMinute ?? Number.POSITIVE_INFINITY;
      // A pace that was borne for a while is a little too high; one that never was says nothing.
      setPace(isProven ? before * 0.97 : Math.max(1, Math.min(recentPace(now), before * 0.97)), now);
      isProven = false;
      step = calm.firstStep;
    },
  };
}
