import { join } from 'node:path';
import type { Debate } from '../debate/debate.ts';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { shownRun } from './run-place.ts';

/** Where a run is and how to go on; the front ends tell how it ended and what it cost. */
export function farewellFor(debate: string, folder: string, ended: Debate | null): string[] {
  const named = shownRun(folder, debate);
  const place = isPostgresAddress(folder) ? named : join(folder, debate);
  const reason = ended?.ended?.reason ?? null;
  const canGoOn = reason === null || ['stopped', 'failed', 'budget'].includes(reason);
  const next = canGoOn ? `Go on with: parley resume ${named}` : `Watch it again with: parley replay ${named}`;
  return [`Saved in ${place}. ${next}`];
}
