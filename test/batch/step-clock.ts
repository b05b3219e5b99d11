import type { Clock } from '../../src/debate/clock.ts';

/** Time that moves only when a test lets it. */
export interface StepClock extends Clock {
  pass(milliseconds: number): Promise<void>;
  /** How many sleeps have not ended yet. */
  readonly sleeping: number;
}

export function stepClock(): StepClock {
  let now = 0;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise<void>((wake) => void sleepers.push({ at: now + milliseconds, wake })),
    async pass(milliseconds) {
      now += milliseconds;
      const due = sleepers.filter(({ at }) => at <= now);
      sleepers = sleepers.filter(({ at }) => at > now);
      for (const { wake } of due) wake();
      await new Promise(setImmediate);
    },
    get sleeping() {
      return sleepers.length;
    },
  };
}

/** Has it resolved once everything that can happen without time passing has happened? */
export async function isSettled(waiting: Promise<unknown>): Promise<boolean> {
  return Promise.race([waiting.then(() => true), new Promise(setImmediate).then(() => false)]);
}
