import { join } from 'node:path';
import type { Debate } from '../debate/debate.ts';
import { defaultFolder } from './run-place.ts';

/** Where a run is and how to go on; the front ends tell how it ended and what it cost. */
export function farewellFor(debate: string, folder: string, ended: Debate | null): string[] {
  const place = join(folder, debate);
  const named = folder === defaultFolder ? debate : place;
  const reason = ended?.ended?.reason ?? null;
  const canGoOn = reason === null || ['stopped', 'failed', 'budget'].includes(reason);
  const next = canGoOn ? `Go on with: parley resume ${named}` : `Watch it again with: parley replay ${named}`;
  return [`Saved in ${place}. ${next}`];
}
