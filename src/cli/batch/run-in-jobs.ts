import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { callsInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import { debateTag } from '../../batch/lockstep/job-files.ts';
import { jobsPlace } from '../../batch/lockstep/job-state.ts';
import { isShardFolder } from '../../journal/named-run.ts';
import type { JournalStore } from '../../journal/types.ts';
import { batchPlaces, manifestEntries } from '../../run/catalogue/manifest.ts';
import { summaryFromJournal } from '../../run/catalogue/stored-run.ts';
import { callsInWords } from './paid-in-jobs.ts';

/**
 * Why a single run must not go on by calls of its own: calls of it went into jobs of a batch with --openai-batch, and
 * would be paid for twice. null where it may.
 */
export async function runInJobs(
  { folder, name }: { folder: string; name: string },
  store: JournalStore,
): Promise<string | null> {
  // A run may be named by the path of its own folder, and that of a batch lies one deeper.
  const transcripts = isShardFolder(basename(folder)) ? dirname(folder) : folder;
  for (const place of await batchPlaces(transcripts)) {
    const jobs = jobsPlace(place);
    if (!existsSync(jobs)) continue;
    const unused = await callsUnused(jobs, name, store).catch(() => null);
    if (unused === 0) continue;
    if (unused !== null) {
      return `${callsInWords(unused)} of ${name} went to OpenAI in jobs of a batch, and would be paid for again. Run that batch again with --openai-batch to use their answers, or add --pay-again to go on without them.`;
    }
    if (await isOfBatch(place, name)) {
      return `${name} is of a batch whose record of jobs in ${jobs} cannot be read, so that nobody knows what was paid for. Restore it, or add --pay-again to go on all the same.`;
    }
  }
  return null;
}

/** An answer more than the run has calls in its journal was not given to it yet. */
async function callsUnused(jobs: string, name: string, store: JournalStore): Promise<number> {
  const { out, answered } = await callsInJobs(jobs);
  const tag = debateTag(name);
  const [waiting, come] = [out.get(tag) ?? 0, answered.get(tag) ?? 0];
  if (waiting + come === 0) return 0;
  const stored = await summaryFromJournal(store, name);
  const taken = stored.ok ? (stored.value?.calls ?? 0) : 0;
  return waiting + Math.max(0, come - taken);
}

async function isOfBatch(place: string, name: string): Promise<boolean> {
  for await (const { debate } of manifestEntries(place)) if (debate === name) return true;
  return false;
}
