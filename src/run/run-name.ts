import { seededInteger } from '../debate/seeded-random.ts';

/** A name for a run that sorts by date and tells its scenario: 2026-11-23-1705-us-dprk-talks-k3f9. */
export function runName(scenario: string, now: number, seed: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const mark = seededInteger(now, seed, scenario).toString(36).padStart(4, '0').slice(-4);
  return `${date}-${time.slice(0, 5).replace(':', '')}-${scenario.slice(0, 48)}-${mark}`;
}
