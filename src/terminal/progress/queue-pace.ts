import type { Clock } from '../../debate/clock.ts';
import { createPace } from './pace.ts';
import type { PlanProgress, Range } from './progress-state.ts';

/** How fast plans are worked off by all who work on them. */
export interface QueuePace {
  /** Takes in how far the plans are now; how far one is when it is first seen was done before. */
  saw(plans: readonly Pick<PlanProgress, 'name' | 'done' | 'failed'>[]): void;
  /** null while too little has happened to say. */
  readonly debatesPerMinute: number | null;
  /** Milliseconds until so many more debates are over. */
  timeLeft(debates: number): Range | null;
}

export function createQueuePace(clock: Pick<Clock, 'now'>): QueuePace {
  const pace = createPace(clock);
  const over = new Map<string, number>();
  return {
    saw(plans) {
      for (const { name, done, failed } of plans) {
        const before = over.get(name) ?? done + failed;
        for (let counted = before; counted < done + failed; counted++) pace.count();
        over.set(name, done + failed);
      }
    },
    get debatesPerMinute() {
      return pace.rate?.perMinute ?? null;
    },
    timeLeft(debates) {
      if (pace.rate === null || debates === 0) return null;
      const { perMinute, spread } = pace.rate;
      const minutes = debates / perMinute;
      return { low: (minutes / (1 + spread)) * 60_000, high: (minutes / Math.max(0.1, 1 - spread)) * 60_000 };
    },
  };
}
