import type { Clock } from '../debate/clock.ts';
import type { RunSignal } from '../debate/notices.ts';
import { systemClock } from '../run/system-clock.ts';

/** The pace at which the simulator's words come while a person reads along; changed while it runs. */
export interface ReadingPace {
  /** Its sleep lasts as long as the pace makes it. */
  readonly clock: Clock;
  /** True once a persona's words come at it; a language model has a pace of its own. */
  isUsed: boolean;
  /** 1 is the pace at the start, 0 is at once. */
  setSpeed(factor: number): void;
  /** What is left of the turn under way comes at once. */
  finishTurn(): void;
  /** Watches for the end of the turn. */
  saw(signal: RunSignal): void;
}

export function createReadingPace(clock: Clock = systemClock): ReadingPace {
  let speed = 1;
  let isFinishing = false;
  return {
    isUsed: false,
    clock: {
      now: clock.now,
      sleep: async (milliseconds, signal) => {
        if (isFinishing || speed === 0) return;
        await clock.sleep(milliseconds / speed, signal);
      },
    },
    setSpeed(factor) {
      speed = factor;
    },
    finishTurn() {
      isFinishing = true;
    },
    saw(signal) {
      if (signal.kind === 'event' && signal.event.type === 'turn-ended') isFinishing = false;
    },
  };
}
