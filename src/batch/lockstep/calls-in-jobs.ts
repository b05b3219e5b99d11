import { jobFiles, repliesIn, requestKeys, tagOf } from './job-files.ts';
import { loadJobs } from './job-state.ts';

/** Calls that went into jobs, by the tags of their debates. */
export interface CallsInJobs {
  /** On their way to the provider or with it. */
  out: ReadonlyMap<string, number>;
  /** Answers on the disk; those that their debates have taken already are among them until the debates are over. */
  answered: ReadonlyMap<string, number>;
}

/** What the jobs of a batch hold; throws where the record of them is damaged. */
export async function callsInJobs(folder: string): Promise<CallsInJobs> {
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
