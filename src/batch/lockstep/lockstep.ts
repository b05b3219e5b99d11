import { createAnswers, createBatchRequests, type ParkedCall, payable } from './batch-requests.ts';
import { cutIntoJobs } from './job-files.ts';
import { createJobs, type JobKeeping, type LockstepState, lineOf } from './jobs-under-way.ts';

export interface LockstepOptions extends JobKeeping {
  /** Is a debate over already? By its tag. */
  isOver(tag: string): boolean;
  /** What may still be spent; null for no limit. */
  left(): { usd: number | null; tokens: number | null };
}

/** Debates in memory at once that wait for jobs; the more, the fewer jobs one after another. */
export const debatesInLockstep = 2000;

/** Calls of one debate may come one after another; a job waits for the last of them. */
const settleMs = 200;

/**
 * Many debates that advance together, one call each, by one job for all of them. A job is made whenever every debate waits for an answer. Answers are kept on the disk before a debate is given
 * its own, by debate and content of the request: killed at any point, the same debates ask the same again and find what was
 * answered, or the job that is answering it.
 */
export function createLockstep(options: LockstepOptions) {
  const { clock, pollMs } = options;
  const closing = new AbortController();
  const answers = createAnswers(options.folder, options.isOver);
  const requests = createBatchRequests({
    answers,
    jobOf: (key) => jobs.jobOf(key),
    onChange: check,
    forget: (numbers) => jobs.forget(numbers),
  });
  const { parked } = requests;
  const jobs = createJobs({ ...options, answers, parked, onChange: check });
  let isChecking = false;
  let isBudgetShort = false;

  function check(): void {
    if (isChecking) return;
    isChecking = true;
    void clock.sleep(Math.min(settleMs, pollMs), closing.signal).then(() => {
      isChecking = false;
      if (requests.areAllWaiting() && !jobs.isSettling && !closing.signal.aborted) submit();
    });
  }

  function submit(): void {
    const fresh = [...parked.values()].filter(({ job }) => job === null);
    if (fresh.length === 0) return;
    const affordable = payable(fresh, unreserved());
    // After a job that the budget cut short, what is left of it would make ever smaller ones.
    if (affordable.length === 0 || isBudgetShort) {
      if (jobs.jobs.length === 0) options.stop('The rest of the budget does not cover the next calls.');
      return;
    }
    isBudgetShort = affordable.length < fresh.length;
    for (const [spec, calls] of Map.groupBy(affordable, ({ handle }) => handle.spec)) {
      const room = jobs.room(spec);
      const bytesOf = (call: ParkedCall) => Buffer.byteLength(lineOf(call));
      const cut = cutIntoJobs(room === null ? calls : calls.slice(0, room), bytesOf);
      for (const job of cut) jobs.begin(spec, job);
    }
  }

  /** What may be spent beyond the calls that are in jobs already. */
  function unreserved() {
    const { usd, tokens } = options.left();
    const reserved = { usd: 0, tokens: 0 };
    for (const { job, reserve } of parked.values()) {
      if (job === null) continue;
      reserved.usd += reserve.usd;
      reserved.tokens += reserve.tokens;
    }
    return {
      usd: usd === null ? null : usd - reserved.usd,
      tokens: tokens === null ? null : tokens - reserved.tokens,
    };
  }

  return {
    /** Takes up the jobs that an earlier process left. */
    start: jobs.start,
    enter: requests.enter,
    /** Looks after no job any more: they go on at the provider, and a later process collects them. */
    async close(): Promise<void> {
      closing.abort();
      await jobs.close();
    },
    state: jobs as LockstepState,
  };
}
