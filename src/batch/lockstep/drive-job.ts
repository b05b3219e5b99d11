import type { Clock } from '../../debate/clock.ts';
import { classifyFailure } from '../../models/call-failure.ts';
import { isPassing } from '../../models/retry.ts';
import type { JobService, JobStatus } from '../../models/types.ts';
import type { StoredJob } from './job-files.ts';
import { jobFiles, keepResults, removeFile } from './job-files.ts';

export interface Driving {
  folder: string;
  service(): Promise<JobService>;
  clock: Clock;
  /** Milliseconds between two looks at a job. */
  pollMs: number;
  /** Ends the driving; the job itself goes on at the provider. */
  signal: AbortSignal;
  /** Saves the job as it now is; it is never waited for unsaved. */
  save(): Promise<void>;
  /** How far it is; null while nothing is known. */
  onStatus(status: JobStatus): void;
  /** Something passing is in the way; null once it is not. */
  onTrouble(why: string | null): void;
}

/** How the driving of a job came out. */
export type Driven =
  /** Its results are on the disk; some requests may be unanswered. */
  | { outcome: 'collected'; state: JobStatus['state'] }
  /** The provider did not begin it. */
  | { outcome: 'refused'; code: string; message: string }
  /** It cannot go on without a person. */
  | { outcome: 'stuck'; message: string }
  | { outcome: 'left' };

type Step<Value> = { ok: true; value: Value } | { ok: false; driven: Driven };

const longestWaitMs = 60_000;

/**
 * Takes a job from its present phase to its results. Each step is saved before the next is waited for. A job that may
 * have been made without this process hearing of it is looked for by its mark before one is made: it would be paid twice.
 */
export async function driveJob(job: StoredJob, driving: Driving): Promise<Driven> {
  const { folder, clock, pollMs, signal } = driving;
  const files = jobFiles(folder, job.number);
  if (job.phase === 'written') {
    const name = `parley-${job.mark}.jsonl`;
    const uploaded = await lasting(driving, async (service) => service.upload(files.requests, name));
    if (!uploaded.ok) return uploaded.driven;
    Object.assign(job, { file: uploaded.value, phase: 'uploaded' });
    await driving.save();
  } else if (job.phase === 'uploaded') {
    const found = await lasting(driving, (service) => findTwice(service, job, driving));
    if (!found.ok) return found.driven;
    if (found.value) await submitted(found.value);
  }
  if (job.phase === 'uploaded') {
    const made = await lasting(driving, (service, isFirst) => make(service, job, isFirst, driving));
    if (!made.ok) return made.driven;
    await submitted(made.value);
  }
  const ended = await untilEnded(job, driving);
  if (!ended.ok) return ended.driven;
  const status = ended.value;
  if (status.state === 'failed') return { outcome: 'refused', ...status.failure };
  const downloaded = await lasting(driving, async (service) => {
    await removeFile(files.draft);
    for (const file of status.resultFiles) await service.download(file, files.draft, signal);
  });
  if (!downloaded.ok) return downloaded.driven;
  await keepResults(folder, files);
  job.phase = 'collected';
  await driving.save();
  await tidy(job, driving);
  return { outcome: 'collected', state: status.state };

  async function submitted(status: JobStatus): Promise<void> {
    Object.assign(job, { id: status.id, phase: 'submitted' });
    await driving.save();
    driving.onStatus(status);
    await clock.sleep(pollMs, signal);
  }
}

/** A list may lag behind what was made. */
async function findTwice(service: JobService, job: StoredJob, { clock, pollMs, signal }: Driving) {
  const found = await service.find(job.mark, job.writtenAt);
  if (found) return found;
  await clock.sleep(pollMs, signal);
  return service.find(job.mark, job.writtenAt);
}

async function make(service: JobService, job: StoredJob, isFirst: boolean, driving: Driving) {
  const there = isFirst ? null : await findTwice(service, job, driving);
  return there ?? service.create(job.file as string, job.mark);
}

async function untilEnded(job: StoredJob, driving: Driving): Promise<Step<JobStatus>> {
  while (true) {
    const looked = await lasting(driving, (service) => service.look(job.id as string, driving.signal));
    if (!looked.ok) return looked;
    driving.onStatus(looked.value);
    if (looked.value.state !== 'working') return looked;
    await driving.clock.sleep(driving.pollMs, driving.signal);
  }
}

/** Removes the requests here and at the provider; a failure to do so does no harm. */
async function tidy(job: StoredJob, { folder, service }: Driving): Promise<void> {
  await removeFile(jobFiles(folder, job.number).requests);
  const { file } = job;
  if (file !== null)
    await service()
      .then((jobs) => jobs.remove(file))
      .catch(() => {});
}

/** Does something until it works, however long the provider is away; what waiting cannot fix needs a person. */
async function lasting<Value>(
  { service, clock, pollMs, signal, onTrouble }: Driving,
  work: (service: JobService, isFirst: boolean) => Promise<Value>,
): Promise<Step<Value>> {
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return { ok: false, driven: { outcome: 'left' } };
    try {
      const value = await work(await service(), attempt === 1);
      onTrouble(null);
      return { ok: true, value };
    } catch (error) {
      if (signal.aborted) return { ok: false, driven: { outcome: 'left' } };
      const { reason, detail, retryAfterMs } = classifyFailure(error, clock.now());
      if (!isPassing(reason)) return { ok: false, driven: { outcome: 'stuck', message: detail } };
      onTrouble(detail);
      const wait = Math.min(longestWaitMs, pollMs * 2 ** attempt);
      await clock.sleep(Math.max(wait, retryAfterMs ?? 0), signal);
    }
  }
}
