const minute = 60_000;

/** An allowance that refills steadily; what is left may fall below zero, and then nothing is to be had for a while. */
export interface Allowance {
  /** Milliseconds until something may be taken; 0 for now. */
  wait(now: number): number;
  /** Takes an amount; a negative one gives back what an estimate took too much. */
  take(amount: number, now: number): void;
  setRate(perMinute: number, now: number): void;
}

/** At most this much of a minute's allowance is saved up, so that no window of a server sees a burst. */
const usuallySavedMs = 1_000;

/**
 * So many a minute, spread evenly: a token bucket that may be in debt, so that one large request passes and is paid
 * off after. Only `least` is ever waited for; 0 waits for the debt to be gone.
 */
export function createAllowance(
  perMinute: number,
  now: number,
  least: number,
  savedMs = usuallySavedMs,
): Allowance {
  let rate = perMinute / minute;
  let left = least;
  let at = now;
  const refill = (time: number) => {
    left = Math.min(Math.max(least, rate * savedMs), left + (time - at) * rate);
    at = time;
  };
  return {
    wait(time) {
      refill(time);
      return left >= least ? 0 : Math.ceil((least - left) / rate);
    },
    take(amount, time) {
      refill(time);
      left -= amount;
    },
    setRate(perMinuteNow, time) {
      refill(time);
      rate = perMinuteNow / minute;
    },
  };
}
