import type { Clock } from '../../debate/clock.ts';
import type { Crew } from './worker-registry.ts';
import type { HeldDebate } from './claimed-debate.ts';
import type { Persistence } from './persistence.ts';

/** Keeps up what a worker holds, and knows how fresh that knowledge is. */
export interface LeaseWatch {
  /** Tells the others that this worker lives, and learns which debates it has lost meanwhile. */
  report(): Promise<void>;
  /** Resolves once it is known, not too long ago, that the worker holds what it holds. */
  vouch(): Promise<void>;
  /** When it was last known, by the clock. */
  readonly confirmedAt: number;
}

export interface LeaseWatchOptions {
  crew: Crew;
  holds: ReadonlyMap<string, HeldDebate>;
  clock: Clock;
  persistence: Persistence;
  leaseMs: number;
}

export function createLeaseWatch({
  crew,
  holds,
  clock,
  persistence,
  leaseMs,
}: LeaseWatchOptions): LeaseWatch {
  let confirmedAt = clock.now();
  let reporting: Promise<void> | null = null;

  async function reportNow(): Promise<void> {
    const at = clock.now();
    const before = [...holds];
    const own = await persistence.until(() => crew.report(before.map(([, held]) => held.progress())));
    confirmedAt = at;
    for (const [name, held] of before) if (!own?.has(name)) held.lose();
  }
  const report = () => {
    reporting ??= reportNow().finally(() => {
      reporting = null;
    });
    return reporting;
  };
  return {
    report,
    get confirmedAt() {
      return confirmedAt;
    },
    async vouch() {
      // A process that was paused, or away from the database, must not spend on what is another's by now.
      while (clock.now() - confirmedAt > (leaseMs * 2) / 3) await report();
    },
  };
}
