import type { Clock } from '../../debate/clock.ts';
import type { PlanProgress, Range } from './progress-state.ts';

/** How many of something happen a minute, as counted of late. */
export interface Pace {
  /** Counts something that has just happened. */
  count(): void;
  /** null until it can be told. `spread` is the share by which it may be off, 0..1. */
  readonly rate: { perMinute: number; spread: number } | null;
}

/** What happened lies in so many slices of so many milliseconds: five minutes in all. */
const slices = 60;
const sliceMs = 5000;
/** Before so much time and so many nothing is said. */
const least = { milliseconds: 5000, count: 5 };
const z = 1.645;

/** Counts in slices of time, so that a rate takes no more room after a million calls than after ten. */
export function createPace(clock: Pick<Clock, 'now'>): Pace {
  const startedAt = clock.now();
  /** Number of the slice and what was counted in it, the newest last. */
  const counted: [slice: number, count: number][] = [];
  const sliceNow = () => Math.floor((clock.now() - startedAt) / sliceMs);
  return {
    count() {
      const slice = sliceNow();
      const last = counted.at(-1);
      if (last?.[0] === slice) last[1] += 1;
      else counted.push([slice, 1]);
      if (counted.length > slices + 1) counted.shift();
    },
    get rate() {
      const elapsed = clock.now() - startedAt;
      const first = Math.max(0, sliceNow() - slices);
      const recent = counted.filter(([slice]) => slice >= first);
      const sum = recent.reduce((all, [, count]) => all + count, 0);
      if (elapsed < least.milliseconds || sum < least.count) return null;
      const milliseconds = elapsed - first * sliceMs;
      return { perMinute: (sum / milliseconds) * 60_000, spread: spreadOf(recent, first, sliceNow()) };
    },
  };
}

/** From how unlike each other the slices are; the last one is not over. With few of them, from the count alone. */
function spreadOf(counted: readonly [number, number][], first: number, last: number): number {
  const whole = last - first;
  const bySlice = new Map(counted);
  const counts = Array.from({ length: whole }, (_, index) => bySlice.get(first + index) ?? 0);
  const sum = counted.reduce((all, [, count]) => all + count, 0);
  const byChance = z / Math.sqrt(sum);
  if (whole < 6) return Math.min(1, byChance);
  const mean = counts.reduce((all, count) => all + count, 0) / whole;
  const squares = counts.reduce((all, count) => all + (count - mean) ** 2, 0);
  const bySlices = mean === 0 ? 1 : (z * Math.sqrt(squares / (whole - 1) / whole)) / mean;
  return Math.min(1, Math.max(byChance, bySlices));
}

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
