import type { Outcome } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import type { JournalFailure } from '../journal/types.ts';

const mostTries = 10;

/** A name for a run that sorts by date and tells its scenario: 2026-11-23-1705-us-dprk-talks-k3f9. */
export function runName(scenario: string, now: number, seed: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const mark = seededInteger(now, seed, scenario).toString(36).padStart(4, '0').slice(-4);
  return `${date}-${time.slice(0, 5).replace(':', '')}-${scenario.slice(0, 48)}-${mark}`;
}

/** Prepares a run under the name given, or else under names made until one is not taken: two can be the same by chance. */
export async function underFreeName<Run>(
  given: string | undefined,
  makeName: () => string,
  prepare: (name: string) => Promise<Outcome<Run, JournalFailure>>,
): Promise<Outcome<Run, JournalFailure>> {
  for (let tries = 1; ; tries++) {
    const prepared = await prepare(given ?? makeName());
    const isTaken = !prepared.ok && prepared.failure.reason === 'exists';
    if (!isTaken || given !== undefined || tries === mostTries) return prepared;
  }
}
