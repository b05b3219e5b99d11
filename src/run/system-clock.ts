import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../debate/clock.ts';

/** The real clock: the only one in src. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
  },
};
