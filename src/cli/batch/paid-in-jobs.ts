import { expandPlan } from '../../batch/expand-plan.ts';
import type { Ledger } from '../../batch/ledger.ts';
import { type CallsInJobs, callsInJobs } from '../../batch/lockstep/calls-in-jobs.ts';
import { debateTag } from '../../batch/lockstep/job-files.ts';
import { jobsPlace } from '../../batch/lockstep/job-state.ts';
import type { Plan } from '../../batch/plan.ts';
import type { PlanPrompts } from '../../batch/plan-prompts.ts';
import { counted } from '../../text/figures.ts';
import type { BatchCommandOptions } from './options.ts';

interface Planned {
  plan: Plan;
  prompts: Pick<PlanPrompts, 'fingerprints'>;
  /** The folder of the batch's own files. */
  place: string;
  ledger: Ledger;
}

type Options = Pick<BatchCommandOptions, 'openaiBatch' | 'retryFailed'>;

/**
 * Why the debates of a plan must not be held as asked: calls of theirs went into jobs of --openai-batch, and would be paid
 * for twice. null where they may be held.
 */
export async function paidInJobs(planned: Planned, options: Options): Promise<string | null> {
  const folder = jobsPlace(planned.place);
  const inJobs = await callsInJobs(folder).catch(() => null);
  if (inJobs === null)
    return `The record of the jobs in ${folder} cannot be read, so that nobody knows what was paid for. Restore it, or delete the folder to pay again.`;
  if (options.openaiBatch || inJobs.out.size + inJobs.answered.size === 0) return null;
  const unused = callsUnused(inJobs, planned, options);
  if (unused === 0) return null;
  return `${callsInWords(unused)} of these debates went to OpenAI in jobs, and would be paid for again. Add --openai-batch to use their answers. To give them up, delete ${folder}.`;
}

export function callsInWords(calls: number): string {
  return counted(calls, 'call');
}

/** An answer more than a debate has calls in its journal was not given to it yet. */
function callsUnused({ out, answered }: CallsInJobs, { plan, prompts, ledger }: Planned, options: Options) {
  let unused = 0;
  for (const { debates } of expandPlan(plan, prompts.fingerprints)) {
    for (const { id } of debates) {
      const entry = ledger.get(id);
      if (entry?.state === 'done' || (entry?.state === 'failed' && !options.retryFailed)) continue;
      const taken = entry && 'summary' in entry ? (entry.summary?.calls ?? 0) : 0;
      const tag = debateTag(id);
      unused += (out.get(tag) ?? 0) + Math.max(0, (answered.get(tag) ?? 0) - taken);
    }
  }
  return unused;
}
