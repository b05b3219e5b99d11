import type { CallPolicy } from './types.ts';

export type Timeout = 'first-token-timeout' | 'idle-timeout' | 'total-timeout';

/**
 * Watches one attempt with a single timer that is set anew only when it runs out, so that a chunk costs no more
 * than a reading of the time. Real time whatever clock a run was given: a stalled socket does not live by a test's clock.
 */
export interface Deadlines {
  /** The stream gave a sign of life; `isToken` where it was a word or a thought. */
  alive(isToken: boolean): void;
  clear(): void;
}

/** `busyUntil`: until when the server was busy with another call; a call without a word is waited for only from then on. */
export function startDeadlines(
  policy: CallPolicy,
  onTimeout: (timeout: Timeout) => void,
  busyUntil: () => number = () => 0,
): Deadlines {
  let startedAt = performance.now();
  let lastSignAt = startedAt;
  let hasToken = false;
  let timer: NodeJS.Timeout | undefined;

  const nearest = (): { at: number; timeout: Timeout } => {
    if (!hasToken) startedAt = Math.max(startedAt, busyUntil());
    const quiet: { at: number; timeout: Timeout } = hasToken
      ? { at: lastSignAt + policy.idleMs, timeout: 'idle-timeout' }
      : { at: startedAt + policy.firstTokenMs, timeout: 'first-token-timeout' };
    const total: { at: number; timeout: Timeout } = {
      at: startedAt + policy.totalMs,
      timeout: 'total-timeout',
    };
    return quiet.at <= total.at ? quiet : total;
  };
  // The shortest of all: a first token brings another deadline, and needs no other timer.
  const look = () => {
    const { at, timeout } = nearest();
    const left = at - performance.now();
    if (left <= 0) onTimeout(timeout);
    else timer = setTimeout(look, Math.ceil(hasToken ? left : Math.min(left, policy.idleMs)));
  };
  look();
  return {
    alive: (isToken) => {
      lastSignAt = performance.now();
      if (hasToken || !isToken) return;
      startedAt = Math.max(startedAt, busyUntil());
      hasToken = true;
    },
    clear: () => clearTimeout(timer),
  };
}
