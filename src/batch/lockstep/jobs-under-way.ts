import { randomUUID } from 'node:crypto';
import type { Clock } from '../../debate/clock.ts';
import { answeredModel } from '../../models/providers/openai/job-lines.ts';
import type { ModelHandle } from '../../models/types.ts';
import type { Answers, ParkedCall } from './batch-requests.ts';
import { type Driven, driveJob } from './drive-job.ts';
import {
  jobFiles,
  loadJobs,
  removeFile,
  requestKeys,
  type StoredJob,
  saveJobs,
  writeRequests,
} from './job-files.ts';

/** Where jobs are kept, and what they are made with. */
export interface JobKeeping {
  folder: string;
  /** The models whose calls go into jobs, by spec. */
  handles: ReadonlyMap<string, ModelHandle>;
  clock: Clock;
  /** Milliseconds between two looks at a job. */
  pollMs: number;
  /** Nothing more is to be begun. */
  stop(why: string): void;
}

interface JobsOptions extends JobKeeping {
  answers: Answers;
  /** Calls that wait for an answer, by key. */
  parked: ReadonlyMap<string, ParkedCall>;
  /** A job is over, or a call was given back unanswered. */
  onChange(): void;
}

/** A job under way: its requests, and how many of those are settled. */
interface JobSeen {
  requests: number;
  settled: number;
  /** Milliseconds of the clock. */
  since: number;
}

/** How far the jobs of a batch are. */
export interface LockstepState {
  readonly jobs: readonly JobSeen[];
  /** Jobs that this process collected. */
  collected: number;
  /** What is in the way at the moment. */
  trouble: string | null;
}

/** The jobs of a batch that are with a provider, from their making until their answers are handed out. */
export interface JobsUnderWay extends LockstepState {
  /** Are answers of a job just being handed out? */
  readonly isSettling: boolean;
  /** Takes up the jobs that an earlier process left. */
  start(): Promise<void>;
  /** Makes a job of calls to one model. */
  begin(spec: string, calls: readonly ParkedCall[]): void;
  /** The job under way that holds a call; null for none. */
  jobOf(key: string): number | null;
  /** How many requests of a model may go into its next job: 0 while its queue is short and busy, null for any number. */
  room(spec: string): number | null;
  /** Nothing of these jobs is needed any more. */
  forget(numbers: readonly number[]): Promise<void>;
  /** Looks after no job any more: they go on at the provider, and a later process collects them. */
  close(): Promise<void>;
}

/** Jobs that may leave one call unanswered. */
const mostTries = 4;
const tooManyTokens = /token_limit_exceeded/;

export function createJobs(options: JobsOptions): JobsUnderWay {
  const { folder, clock, pollMs, answers, parked, onChange } = options;
  const abort = new AbortController();
  /** Calls that are in a job under way, asked for again or not. */
  const inJob = new Map<string, number>();
  /** Requests in one job at most, for models whose queue was too short for more. */
  const shortQueues = new Map<string, number>();
  const underWay = new Map<number, JobSeen & { spec: string }>();
  const drives = new Set<Promise<void>>();
  const stored = { v: 1 as const, next: 1, jobs: [] as StoredJob[] };
  let saving: Promise<unknown> = Promise.resolve();
  let settling = 0;

  const save = () => {
    const saved = saving.then(() => saveJobs(folder, stored));
    saving = saved.catch(() => {});
    return saved;
  };

  async function start(): Promise<void> {
    Object.assign(stored, await loadJobs(folder));
    for (const job of [...stored.jobs]) {
      if (job.phase === 'collected') {
        await answers.add(job.number);
        continue;
      }
      for await (const key of requestKeys(jobFiles(folder, job.number))) inJob.set(key, job.number);
      drive(job);
    }
  }

  async function forget(numbers: readonly number[]): Promise<void> {
    stored.jobs = stored.jobs.filter(({ number }) => !numbers.includes(number));
    await save();
  }

  function begin(spec: string, calls: readonly ParkedCall[]): void {
    const number = stored.next++;
    const job: StoredJob = {
      ...{ number, spec, mark: randomUUID(), phase: 'written', file: null, id: null },
      ...{ requests: calls.length, writtenAt: clock.now() },
    };
    for (const call of calls) {
      call.job = number;
      inJob.set(call.key, number);
    }
    drive(job, async () => {
      await writeRequests(folder, jobFiles(folder, number), linesOf(calls));
      stored.jobs.push(job);
      await save();
    });
  }

  function drive(job: StoredJob, prepare = async () => {}): void {
    const { spec, requests } = job;
    const progress = { requests, settled: 0, since: job.writtenAt, spec };
    underWay.set(job.number, progress);
    const service = remembered(() => options.handles.get(spec)?.jobs?.service());
    const driving = {
      ...{ folder, clock, pollMs, signal: abort.signal, save, service },
      onStatus: ({ settled }: { settled: number }) => void Object.assign(progress, { settled }),
      onTrouble: (trouble: string | null) => void Object.assign(made, { trouble }),
    };
    const work = async () => {
      await prepare();
      const driven = await driveJob(job, driving);
      if (driven.outcome === 'left') return;
      settling += 1;
      await settle(job, driven).finally(() => {
        settling -= 1;
      });
    };
    const done: Promise<void> = work()
      .catch((error: unknown) => options.stop(`The jobs in ${folder} could not be kept: ${error}`))
      .finally(() => {
        drives.delete(done);
        underWay.delete(job.number);
        onChange();
      });
    drives.add(done);
  }

  async function settle(job: StoredJob, driven: Exclude<Driven, { outcome: 'left' }>): Promise<void> {
    const where = `Job ${job.id ?? job.number} of ${job.spec}`;
    if (driven.outcome === 'stuck') {
      return options.stop(`${where} cannot go on: ${driven.message} It is kept in ${folder}.`);
    }
    if (driven.outcome === 'refused') {
      closeJob(job);
      return refuse(job, driven);
    }
    made.collected += 1;
    const outcomes = await answers.add(job.number);
    // Not before: a debate that comes back while answers are read would find its call neither in a job nor answered.
    closeJob(job);
    for (const call of callsIn(job)) {
      const outcome = outcomes.get(call.key);
      if (outcome === 'answered') call.answered(answeredModel(await answers.take(call.key)));
      else if (outcome?.kind === 'refusal') call.refused(outcome.error);
      else unanswered(call, outcome?.why ?? `it was ${driven.state}`);
    }
    if (driven.state === 'cancelled') {
      options.stop(
        `${where} was cancelled at the provider. What it had answered is used; run the same command again for the rest.`,
      );
    }
  }

  function closeJob(job: StoredJob): void {
    for (const [key, number] of inJob) if (number === job.number) inJob.delete(key);
  }

  function unanswered(call: ParkedCall, why: string): void {
    call.tries += 1;
    call.job = null;
    if (call.tries < mostTries) return;
    call.refused(new Error(`${mostTries} jobs left it unanswered, the last because ${why}`));
  }

  /** Nothing of it was answered or paid. */
  async function refuse(job: StoredJob, { code, message }: { code: string; message: string }): Promise<void> {
    await forget([job.number]);
    await removeFile(jobFiles(folder, job.number).requests);
    const isQueueShort = tooManyTokens.test(code) && job.requests > 1;
    if (isQueueShort) shortQueues.set(job.spec, Math.max(1, Math.floor(job.requests / 2)));
    for (const call of callsIn(job)) {
      if (isQueueShort) call.job = null;
      else call.refused(Object.assign(new Error(message), { code }));
    }
  }

  function callsIn({ number }: StoredJob): ParkedCall[] {
    return [...parked.values()].filter((call) => call.job === number);
  }

  const made: JobsUnderWay = {
    ...{ start, begin, forget, collected: 0, trouble: null },
    jobOf: (key) => inJob.get(key) ?? null,
    room(spec) {
      const most = shortQueues.get(spec) ?? null;
      return most !== null && [...underWay.values()].some((job) => job.spec === spec) ? 0 : most;
    },
    async close() {
      abort.abort();
      await Promise.all(drives);
      await saving;
    },
    get jobs() {
      return [...underWay.values()];
    },
    get isSettling() {
      return settling > 0;
    },
  };
  return made;
}

/** A call as the line of a job's file. */
export function lineOf({ key, handle, request }: ParkedCall): string {
  const body = { messages: request.messages, ...handle.callOptions(request) };
  return handle.jobs?.line(key, body) ?? '';
}

function* linesOf(calls: readonly ParkedCall[]): Generator<string> {
  for (const call of calls) yield lineOf(call);
}

function remembered<Value>(make: () => Promise<Value> | undefined): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    if (!made) throw new Error('no model of this plan has jobs');
    return made;
  };
}
