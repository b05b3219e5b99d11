import { randomUUID } from 'node:crypto';
import type { Clock } from '../../debate/clock.ts';
import { answeredModel } from '../../models/providers/openai/job-lines.ts';
import type { ModelHandle } from '../../models/types.ts';
import { createAnswers } from './answers.ts';
import { createSeats, type ParkedCall, payable, type Seat } from './batch-requests.ts';
import { type Driven, driveJob } from './drive-job.ts';
import { cutIntoJobs, jobFiles, removeFile, requestKeys, writeRequests } from './job-files.ts';
import { loadJobs, type StoredJob, saveJobs } from './job-state.ts';

export interface LockstepOptions {
  /** Where jobs and their results are kept. */
  folder: string;
  /** The models whose calls go into jobs, by spec. */
  handles: ReadonlyMap<string, ModelHandle>;
  clock: Clock;
  /** Milliseconds between two looks at a job. */
  pollMs: number;
  /** Is a debate over already? By its tag. */
  isOver(tag: string): boolean;
  /** What may still be spent; null for no limit. */
  left(): { usd: number | null; tokens: number | null };
  /** Nothing more is to be begun. */
  stop(why: string): void;
}

export interface LockstepState {
  /** Jobs that are under way: their requests, and how many of those are settled. */
  jobs: readonly { requests: number; settled: number; since: number }[];
  /** Jobs that this process collected. */
  collected: number;
  /** What is in the way at the moment. */
  trouble: string | null;
}

/** Many debates that advance together, one call each, by one job for all of them. */
export interface Lockstep {
  readonly state: LockstepState;
  /** Takes up the jobs that an earlier process left. */
  start(): Promise<void>;
  enter(debate: string): Seat;
  /** Looks after no job any more: they go on at the provider, and a later process collects them. */
  close(): Promise<void>;
}

/** Debates in memory at once that wait for jobs; the more, the fewer jobs one after another. */
export const debatesInLockstep = 2000;

/** Jobs that may leave one call unanswered. */
const mostTries = 4;
/** Calls of one debate may come one after another; a job waits for the last of them. */
const settleMs = 200;
const tooManyTokens = /token_limit_exceeded/;

/**
 * A job is made whenever every debate waits for an answer. Answers are kept on the disk before a debate is given
 * its own, by debate and content of the request: killed at any point, the same debates ask the same again and find what was
 * answered, or the job that is answering it.
 */
export function createLockstep(options: LockstepOptions): Lockstep {
  const { folder, clock, pollMs } = options;
  const abort = new AbortController();
  /** Calls that are in a job under way, asked for again or not. */
  const inJob = new Map<string, number>();
  /** Requests in one job at most, for models whose queue was too short for more. */
  const shortQueues = new Map<string, number>();
  const underWay = new Map<number, { requests: number; settled: number; since: number; spec: string }>();
  const drives = new Set<Promise<void>>();
  const answers = createAnswers(folder, options.isOver);
  const seats = createSeats({ answers, jobOf: (key) => inJob.get(key) ?? null, onChange: check, forget });
  const { parked } = seats;
  const stored = { v: 1 as const, next: 1, jobs: [] as StoredJob[] };
  let saving: Promise<unknown> = Promise.resolve();
  let isChecking = false;
  let isBudgetShort = false;
  let collected = 0;
  /** Jobs whose answers are just being handed out. */
  let settling = 0;
  let trouble: string | null = null;

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

  /** Nothing of these jobs is needed any more. */
  async function forget(numbers: readonly number[]): Promise<void> {
    stored.jobs = stored.jobs.filter(({ number }) => !numbers.includes(number));
    await save();
  }

  function check(): void {
    if (isChecking) return;
    isChecking = true;
    void clock.sleep(Math.min(settleMs, pollMs), abort.signal).then(() => {
      isChecking = false;
      if (seats.areAllWaiting() && settling === 0 && !abort.signal.aborted) submit();
    });
  }

  function submit(): void {
    const fresh = [...parked.values()].filter(({ job }) => job === null);
    if (fresh.length === 0) return;
    const affordable = payable(fresh, unreserved());
    // After a job that the budget cut short, what is left of it would make ever smaller ones.
    if (affordable.length === 0 || isBudgetShort) {
      if (underWay.size === 0) options.stop('What is left of the budget does not pay for the next calls.');
      return;
    }
    isBudgetShort = affordable.length < fresh.length;
    for (const [spec, calls] of Map.groupBy(affordable, ({ handle }) => handle.spec)) {
      const shortQueue = shortQueues.get(spec);
      const isBusy = [...underWay.values()].some((job) => job.spec === spec);
      if (shortQueue !== undefined && isBusy) continue;
      const jobs = cutIntoJobs(shortQueue === undefined ? calls : calls.slice(0, shortQueue), (call) =>
        Buffer.byteLength(lineOf(call)),
      );
      for (const job of jobs) begin(spec, job);
    }
  }

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
      told: ({ settled }: { settled: number }) => {
        progress.settled = settled;
      },
      troubled: (why: string | null) => {
        trouble = why;
      },
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
    const done = work()
      .catch((error: unknown) => options.stop(`The jobs in ${folder} could not be kept: ${error}`))
      .finally(() => {
        drives.delete(done);
        underWay.delete(job.number);
        check();
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
    collected += 1;
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
        `${where} was cancelled at the provider. What it had answered is used; run the same again for the rest.`,
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
    stored.jobs = stored.jobs.filter((other) => other !== job);
    await save();
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

  return {
    start,
    enter: seats.enter,
    async close() {
      abort.abort();
      await Promise.all(drives);
      await saving;
    },
    state: {
      get jobs() {
        return [...underWay.values()];
      },
      get collected() {
        return collected;
      },
      get trouble() {
        return trouble;
      },
    },
  };
}

function lineOf({ key, handle, request }: ParkedCall): string {
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
