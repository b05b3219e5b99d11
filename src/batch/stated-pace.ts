import type { StatedLimit, StatedLimits } from '../models/rate-limits.ts';
import { type Allowance, createAllowance } from './allowance.ts';

const minute = 60_000;
/** Two clocks never agree: a little less than what is stated is asked for, and hardly anything saved up. */
const share = 0.99;
const savedMs = 250;

/** The pace that a provider states for one model in the headers of its replies; no limit before the first. */
export interface StatedPace {
  /** Milliseconds until the next request may start. */
  wait(now: number): number;
  started(tokens: number, now: number): void;
  /** A call used so many tokens more than was supposed, or fewer. */
  corrected(tokens: number, now: number): void;
  told(limits: StatedLimits, now: number): void;
}

/**
 * Spreads what a provider allows evenly over the minute, and waits where it says that nothing is left, whoever used it.
 * Of a limit that is not one of a minute only the second counts.
 */
export function createStatedPace(): StatedPace {
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
    wait: (now) => Math.max(pausedUntil - now, requests?.wait(now) ?? 0, tokens?.wait(now) ?? 0),
    started(estimate, now) {
      requests?.take(1, now);
      tokens?.take(estimate, now);
    },
    corrected: (more, now) => tokens?.take(more, now),
    told(limits, now) {
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

/** Milliseconds until there is something again: a bucket drips, a window gives nothing before its end. */
function untilSome({ limit, remaining, resetMs }: StatedLimit): number {
  if (resetMs === null) return minute / limit;
  const drippedIn = ((limit - remaining) / limit) * minute;
  const isBucket = Math.abs(resetMs - drippedIn) < 0.05 * minute;
  return isBucket ? minute / limit : resetMs;
}
