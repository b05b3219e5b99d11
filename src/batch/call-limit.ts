/** How many calls may be under way at once with one provider, as its answers teach. */
export interface CallLimit {
  /** At least 1. */
  readonly calls: number;
  /** A call was answered; `isFull` tells whether the limit was what held others back. */
  answered(firstTokenMs: number, isFull: boolean): void;
  /** A call that began at `startedAt` was refused for too many; true where this says anything new. */
  refused(startedAt: number, now: number): boolean;
}

export interface CallLimitOptions {
  first: number;
  most: number;
}

/** Answers that are looked at together for their latency. */
const windowSize = 16;
/** So much slower than the usual first token, and by so many milliseconds, counts as a queue at the provider. */
const slower = { times: 2, milliseconds: 400 };

/**
 * Additive increase, multiplicative decrease, after a start that doubles (Jacobson, "Congestion Avoidance and Control",
 * SIGCOMM 1988). Refusals of calls that were under way together count once. Rising latency shrinks it gently, before
 * anything is refused (the idea of TCP Vegas: Brakmo and Peterson, 1995).
 */
export function createCallLimit({ first, most }: CallLimitOptions): CallLimit {
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
    get calls() {
      return Math.floor(calls);
    },
    answered(firstTokenMs, isFull) {
      if (isFull) calls = Math.min(most, calls + (isDoubling ? 1 : 1 / calls));
      latencies.push(firstTokenMs);
      if (latencies.length >= Math.max(windowSize, calls)) watchLatency();
    },
    refused(startedAt, now) {
      if (startedAt < cutAt) return false;
      cutAt = now;
      shrink(0.7);
      return true;
    },
  };
}
