import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isShardFolder } from '../../journal/named-run.ts';
import type { JournalStore } from '../../journal/types.ts';
import { batchPlaces, manifestEntries } from '../../run/catalogue/manifest.ts';
import { summaryFromJournal } from '../../run/catalogue/stored-run.ts';
import { expandPlan } from '../expand-plan.ts';
import type { Plan } from '../plan.ts';
import type { PlanPrompts } from '../plan-prompts.ts';
import type { Ledger } from '../planned-debate.ts';
import { debateTag, jobFiles, jobsPlace, loadJobs, repliesIn, requestKeys, tagOf } from './job-files.ts';

/** Calls of debates went into jobs of a batch: calling by themselves, the debates would pay for them twice. */
export type PaidInJobs =
  /** So many calls that no debate has taken the answer of. */
  | { reason: 'unused-calls'; calls: number; folder: string }
  /** The record of the jobs is damaged: what was paid for is unknown. */
  | { reason: 'unreadable-jobs'; folder: string };

interface PlannedRuns {
  plan: Plan;
  prompts: Pick<PlanPrompts, 'fingerprints'>;
  /** The folder of the batch's own files. */
  place: string;
  ledger: Ledger;
}

/** What the debates of a plan have in jobs and would pay for again; null for nothing. */
export async function planPaidInJobs(
  planned: PlannedRuns,
  { inJobs: isForJobs, retryFailed }: { inJobs: boolean; retryFailed: boolean },
): Promise<PaidInJobs | null> {
  const folder = jobsPlace(planned.place);
  const inJobs = await callsInJobs(folder).catch(() => null);
  if (inJobs === null) return { reason: 'unreadable-jobs', folder };
  if (isForJobs || inJobs.out.size + inJobs.answered.size === 0) return null;
  const calls = unusedByPlan(inJobs, planned, retryFailed);
  return calls === 0 ? null : { reason: 'unused-calls', calls, folder };
}

/** The same for a single run; it may be of any batch of the transcripts. */
export async function runPaidInJobs(
  { folder, name }: { folder: string; name: string },
  store: JournalStore,
): Promise<PaidInJobs | null> {
  // A run may be named by the path of its own folder, and that of a batch lies one deeper.
  const transcripts = isShardFolder(basename(folder)) ? dirname(folder) : folder;
  for (const place of await batchPlaces(transcripts)) {
    const jobs = jobsPlace(place);
    if (!existsSync(jobs)) continue;
    const calls = await unusedByRun(jobs, name, store).catch(() => null);
    if (calls === 0) continue;
    if (calls !== null) return { reason: 'unused-calls', calls, folder: jobs };
    if (await isOfBatch(place, name)) return { reason: 'unreadable-jobs', folder: jobs };
  }
  return null;
}

/** Calls that went into jobs, by the tags of their debates. */
interface CallsInJobs {
  /** On their way to the provider or with it. */
  out: ReadonlyMap<string, number>;
  /** Answers on the disk; those that their debates have taken already are among them until the debates are over. */
  answered: ReadonlyMap<string, number>;
}

/** What the jobs of a batch hold; throws where the record of them is damaged. */
async function callsInJobs(folder: string): Promise<CallsInJobs> {
  const [out, answered] = [new Map<string, number>(), new Map<string, number>()];
  const count = (calls: Map<string, number>, key: string) =>
    calls.set(tagOf(key), (calls.get(tagOf(key)) ?? 0) + 1);
  for (const { number, phase } of (await loadJobs(folder)).jobs) {
    const files = jobFiles(folder, number);
    if (phase !== 'collected') for await (const key of requestKeys(files)) count(out, key);
    else
      for await (const { reply } of repliesIn(files)) if (reply.kind === 'answer') count(answered, reply.id);
  }
  return { out, answered };
}

function unusedByPlan(inJobs: CallsInJobs, { plan, prompts, ledger }: PlannedRuns, retryFailed: boolean) {
  let unused = 0;
  for (const { debates } of expandPlan(plan, prompts.fingerprints)) {
    for (const { id } of debates) {
      const entry = ledger.get(id);
      if (entry?.state === 'done' || (entry?.state === 'failed' && !retryFailed)) continue;
      const taken = entry && 'summary' in entry ? (entry.summary?.calls ?? 0) : 0;
      unused += unusedOf(inJobs, id, taken);
    }
  }
  return unused;
}

async function unusedByRun(jobs: string, name: string, store: JournalStore): Promise<number> {
  const inJobs = await callsInJobs(jobs);
  if (unusedOf(inJobs, name, 0) === 0) return 0;
  const stored = await summaryFromJournal(store, name);
  return unusedOf(inJobs, name, stored.ok ? (stored.value?.calls ?? 0) : 0);
}

/** An answer more than a debate has calls in its journal was not given to it yet. */
function unusedOf({ out, answered }: CallsInJobs, debate: string, taken: number): number {
  const tag = debateTag(debate);
  return (out.get(tag) ?? 0) + Math.max(0, (answered.get(tag) ?? 0) - taken);
}

async function isOfBatch(place: string, name: string): Promise<boolean> {
  for await (const { debate } of manifestEntries(place)) if (debate === name) return true;
  return false;
}
