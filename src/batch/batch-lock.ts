import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { makeFolder } from '../journal/disk.ts';
import { thisHolder } from '../journal/holder.ts';
import { type Lock, takeLock } from '../journal/lock.ts';
import { batchPlace } from '../run/catalogue/manifest.ts';
import type { Plan } from './plan.ts';

/** The folder of a plan's own files: the same for the same design, whatever its budget, its aims and how much of it is run. */
export function placeOfPlan(transcripts: string, file: string, plan: Plan): string {
  const { budget, aims, count, repeats, title, ...design } = plan;
  const hash = createHash('sha256').update(JSON.stringify(design)).digest('hex').slice(0, 10);
  const words = basename(file)
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return batchPlace(transcripts, [...(words ?? []), hash].join('-').slice(-60));
}

/** Takes a batch for this process, so that no two hold the same plan at once. */
export async function lockBatch(
  place: string,
  now: number,
): Promise<Outcome<Lock, 'locked' | 'not-writable'>> {
  try {
    await makeFolder(place);
    const taken = await takeLock(place, await thisHolder(now));
    if (!('heldBy' in taken)) return success(taken);
    const who = taken.heldBy ? `process ${taken.heldBy.pid} on ${taken.heldBy.host}` : 'another process';
    return failure(
      'locked',
      `This plan is being run by ${who}. Wait for it or stop it there. If it is surely gone, delete ${place}/lock.`,
    );
  } catch (error) {
    return failure(
      'not-writable',
      `${place} cannot be written: ${error instanceof Error ? error.message : error}.`,
    );
  }
}
