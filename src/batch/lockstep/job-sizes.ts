/** What the Batch API takes in one file: https://developers.openai.com/api/docs/guides/batch */
const most = { requests: 50_000, bytes: 200_000_000 };

/** Cuts calls into jobs that a provider takes, in their order; `bytesOf` counts a call's line with its newline. */
export function cutIntoJobs<Call>(
  calls: readonly Call[],
  bytesOf: (call: Call) => number,
  limits: { requests: number; bytes: number } = most,
): Call[][] {
  const jobs: Call[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const call of calls) {
    const size = bytesOf(call);
    const job = jobs.at(-1);
    if (!job || job.length >= limits.requests || bytes + size > limits.bytes) {
      jobs.push([call]);
      bytes = size;
    } else {
      job.push(call);
      bytes += size;
    }
  }
  return jobs;
}
