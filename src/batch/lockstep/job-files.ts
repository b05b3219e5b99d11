import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../journal/disk.ts';
import { linesOf } from '../../journal/journal-parts.ts';
import { type JobReply, parseJobReply } from '../../models/providers/openai/job-lines.ts';
import type { CallRequest } from '../../models/types.ts';

const jobSchema = z.strictObject({
  /** Names its files. */
  number: z.int().positive(),
  /** What the provider knows it by before its id is known here. */
  mark: z.string().min(1),
  /** The model spec of all its calls. */
  spec: z.string().min(1),
  /**
   * written: its requests are on the disk. uploaded: they are with the provider. submitted: they are being answered, and
   * paid. collected: its results are on the disk.
   */
  phase: z.enum(['written', 'uploaded', 'submitted', 'collected']),
  file: z.string().nullable(),
  id: z.string().nullable(),
  requests: z.int().nonnegative(),
  /** Milliseconds since 1970. */
  writtenAt: z.number(),
});

const stateSchema = z.strictObject({ v: z.literal(1), next: z.int().positive(), jobs: z.array(jobSchema) });

export type StoredJob = z.infer<typeof jobSchema>;
type StoredJobs = z.infer<typeof stateSchema>;

const stateName = 'state.json';

/** The folder of a batch's jobs, below the batch's own. */
export function jobsPlace(place: string): string {
  return join(place, 'jobs');
}

/** The jobs of a batch as they were last saved. Throws where the file is damaged: jobs that are paid would be forgotten. */
export async function loadJobs(folder: string): Promise<StoredJobs> {
  const path = join(folder, stateName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { v: 1, next: 1, jobs: [] };
  return stateSchema.parse(JSON.parse(text));
}

/** Puts the jobs in place whole, to survive a power cut. */
export async function saveJobs(folder: string, state: StoredJobs): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${stateName}.new`);
  const file = await open(draft, 'w');
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, stateName));
  await syncFolder(folder);
}

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

/** Where one job's requests and results lie. */
export interface JobFiles {
  requests: string;
  results: string;
  /** Results while they come. */
  draft: string;
}

export function jobFiles(folder: string, number: number): JobFiles {
  const path = (kind: string) => join(folder, `${String(number).padStart(5, '0')}-${kind}.jsonl`);
  return { requests: path('requests'), results: path('results'), draft: path('results-draft') };
}

/** Writes a job's requests, durably. */
export async function writeRequests(folder: string, files: JobFiles, lines: Iterable<string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = await open(files.requests, 'w');
  try {
    for (const line of lines) await file.write(`${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}

/** Gives results their name once they are whole, durably. */
export async function keepResults(folder: string, files: JobFiles): Promise<void> {
  const file = await open(files.draft, 'a');
  await file.sync().finally(() => file.close());
  await rename(files.draft, files.results);
  await syncFolder(folder);
}

/** The keys of a job's requests; none where the file is gone. */
export async function* requestKeys(files: JobFiles): AsyncGenerator<string> {
  for await (const { text } of textsOf(files.requests)) yield JSON.parse(text).custom_id;
}

/** A result, and where in its file it stands. */
export interface PlacedReply {
  reply: JobReply;
  at: number;
  length: number;
}

/** The results of a job, one at a time; none where the file is gone. */
export async function* repliesIn(files: JobFiles): AsyncGenerator<PlacedReply> {
  for await (const { text, at, length } of textsOf(files.results)) {
    const reply = parseJobReply(text);
    if (reply) yield { reply, at, length };
  }
}

/** Reads one result again. */
export async function replyAt(files: JobFiles, at: number, length: number): Promise<JobReply | null> {
  const file = await open(files.results, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, at);
    return parseJobReply(buffer.toString('utf8'));
  } finally {
    await file.close();
  }
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

async function* textsOf(path: string): AsyncGenerator<{ text: string; at: number; length: number }> {
  if (!existsSync(path)) return;
  let at = 0;
  for await (const lines of linesOf(createReadStream(path))) {
    for (const { bytes, end } of lines) {
      if (bytes.length > 0) yield { text: Buffer.from(bytes).toString('utf8'), at, length: bytes.length };
      at = end;
    }
  }
}

/** The part of a debate's name that stands in its calls' keys; its end holds its hash. */
export function debateTag(debate: string): string {
  return debate.slice(-40);
}

/** Names one call of one debate, today and after a restart: at most 61 characters. */
export function callKey(debate: string, spec: string, request: CallRequest): string {
  const { messages, maxOutputTokens, temperature, seed, reply } = request;
  const content = JSON.stringify([spec, messages, maxOutputTokens, temperature, seed, reply?.name ?? null]);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 20);
  return `${debateTag(debate)}.${hash}`;
}

/** The tag of the debate that a key belongs to. */
export function tagOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}
