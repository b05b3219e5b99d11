import { createHash } from 'node:crypto';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { makeFolder } from '../journal/disk.ts';
import { openFileStore } from '../journal/file-store.ts';
import { thisHolder } from '../journal/holder.ts';
import { type Lock, takeLock } from '../journal/lock.ts';
import type { JournalStore } from '../journal/types.ts';
import { batchPlace } from '../run/catalogue/manifest.ts';
import { systemClock } from '../run/system-clock.ts';
import { estimatePlan, type PlanEstimate } from './estimate-plan.ts';
import { type OpenPlan, openPlan, type PlanRequest } from './open-plan.ts';
import { cannotRun, type FaultyPlan } from './parse-plan.ts';
import { type Plan, planWords } from './plan.ts';
import { createPlanModels, type PlanModels } from './plan-models.ts';
import { keptArticles } from './plan-prompts.ts';
import { type Ledger, readLedger } from './planned-debate.ts';
import type { CallLimits } from './rate-limiters.ts';

/** How the debates of a plan are run on one machine. */
export interface BatchRequest extends PlanRequest {
  /** The folder of the runs. */
  transcripts: string;
  limits: CallLimits;
  /** Are debates that failed tried again? */
  retryFailed: boolean;
  /** Do models that can do so answer in jobs, for less and much later? */
  inJobs: boolean;
  /** Only looks: takes no lock and writes nothing. */
  isDryRun: boolean;
  /** Where articles of the web are kept; beside the batch where it is left out. */
  articlesIn?: string;
}

/** A plan with all it takes to run it, taken by this process; nothing has been spent. */
export interface OpenBatch extends OpenPlan {
  models: PlanModels;
  store: JournalStore;
  /** The folder of the batch's own files. */
  place: string;
  ledger: Ledger;
  estimate: PlanEstimate;
  /** Debates that are left to run. */
  left: number;
  /** Lets other processes have it. */
  release(): Promise<void>;
}

/** Calls at once that are supposed when the time is estimated. */
const supposedCalls = 32;

/** Checks everything of a plan that can be checked for nothing, and says what it would take. */
export async function openBatch(request: BatchRequest): Promise<{ ok: true; value: OpenBatch } | FaultyPlan> {
  const { file, transcripts, limits, retryFailed, inJobs, isDryRun } = request;
  const keptIn = (plan: Plan) => {
    const kept = keptArticles(request.articlesIn ?? placeOfPlan(transcripts, file, plan));
    return isDryRun ? { ...kept, keep: async () => {} } : kept;
  };
  const opened = await openPlan(request, { keptIn });
  if (!opened.ok) return opened;
  const { plan, prompts } = opened.value;
  const place = placeOfPlan(transcripts, file, plan);
  const models = createPlanModels(plan, request.settings);
  if (!models.ok) return cannotRun(models);
  if (inJobs && ![...models.value.handles.values()].some(({ jobs }) => jobs)) {
    return cannotRun(
      failure('no-jobs', 'Jobs are for openai: models only, and no arm of this plan has one.'),
    );
  }
  const store = openFileStore({ directory: transcripts, clock: systemClock, isSharded: true });
  const lock = isDryRun ? null : await lockBatch(place, systemClock.now());
  if (lock && !lock.ok) return cannotRun(lock);
  const parts = { plan, prompts, models: models.value };
  const ledger = await readLedger(plan, { store, place, fingerprints: prompts.fingerprints });
  const estimate = await estimatePlan({
    ...{ ...parts, ledger, retryFailed, inJobs },
    limits: { ...limits, mostCalls: Math.min(supposedCalls, limits.mostCalls) },
  });
  const { fresh, unfinished, failed } = estimate.debates;
  const left = fresh + unfinished + (retryFailed ? failed : 0);
  const release = async () => {
    if (lock) await lock.value.release();
  };
  return {
    ok: true,
    value: { ...opened.value, models: models.value, store, place, ledger, estimate, left, release },
  };
}

/** The folder of a plan's own files: the same for the same design, whatever its budget, its aims and how much of it is run. */
export function placeOfPlan(transcripts: string, file: string, plan: Plan): string {
  const { budget, aims, count, repeats, title, keepThoughts, ...design } = plan;
  const hash = createHash('sha256').update(JSON.stringify(design)).digest('hex').slice(0, 10);
  return batchPlace(transcripts, [...planWords(file), hash].join('-').slice(-60));
}

/** Takes a batch for this process, so that no two run the same plan at once. */
async function lockBatch(place: string, now: number): Promise<Outcome<Lock, 'locked' | 'not-writable'>> {
  try {
    await makeFolder(place);
    const taken = await takeLock(place, await thisHolder(now));
    if (!('heldBy' in taken)) return success(taken);
    const who = taken.heldBy ? `process ${taken.heldBy.pid} on ${taken.heldBy.host}` : 'another process';
    return failure(
      'locked',
      `This plan is being run by ${who}. Wait for it or stop it there. If it is certainly gone, delete ${place}/lock.`,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return failure('not-writable', `${place} cannot be written: ${why}.`);
  }
}
