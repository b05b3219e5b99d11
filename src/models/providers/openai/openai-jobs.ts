import { createWriteStream, openAsBlob } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type OpenAI from 'openai';
import type { JobService, JobStatus } from '../../types.ts';
import { endpoint } from './job-lines.ts';
import type { OpenAIConnection } from './openai-client.ts';
import { authorisation } from './openai-client.ts';

type Batch = OpenAI.Batch;

const markName = 'parley_job';
/** An upload of 200 MB takes its time. */
const timeoutMs = 15 * 60_000;
/** Clocks of two machines may differ by so much. */
const skewSeconds = 3_600;

/** OpenAI's Batch API: a file of Chat Completions requests, worked off within 24 hours at half the price. */
export async function openaiJobs(connection: Omit<OpenAIConnection, 'model' | 'fetch'>): Promise<JobService> {
  const { OpenAI } = await import('openai');
  const { headers, ...credentials } = authorisation(connection);
  const client = new OpenAI({
    ...credentials,
    defaultHeaders: headers,
    baseURL: connection.baseUrl,
    // The caller retries, since it knows where that would pay twice.
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
  return {
    upload: async (path, name) => {
      const file = new File([await openAsBlob(path)], name, { type: 'application/jsonl' });
      return (await client.files.create({ file, purpose: 'batch' })).id;
    },
    create: async (file, mark) =>
      statusOf(
        await client.batches.create({
          input_file_id: file,
          endpoint,
          completion_window: '24h',
          metadata: { [markName]: mark },
        }),
      ),
    find: async (mark, since) => {
      // Newest first.
      for await (const batch of client.batches.list({ limit: 100 })) {
        if (batch.metadata?.[markName] === mark) return statusOf(batch);
        if (batch.created_at < since / 1000 - skewSeconds) return null;
      }
      return null;
    },
    look: async (id, signal) => statusOf(await client.batches.retrieve(id, { signal })),
    download: async (file, path, signal) => {
      const { body } = await client.files.content(file, { signal });
      const lines = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
      await pipeline(lines, createWriteStream(path, { flags: 'a' }), { signal });
      // Whether the last line of one file was ended decides whether the next file's first stands on its own.
      await appendFile(path, '\n');
    },
    remove: async (file) => void (await client.files.delete(file)),
  };
}

function statusOf(batch: Batch): JobStatus {
  const { completed = 0, failed = 0, total = 0 } = batch.request_counts ?? {};
  const [error] = batch.errors?.data ?? [];
  return {
    id: batch.id,
    state: stateOf(batch.status),
    settled: completed + failed,
    of: total,
    resultFiles: [batch.output_file_id, batch.error_file_id].filter(
      (file) => file != null && file !== '',
    ) as string[],
    failure: { code: error?.code ?? '', message: error?.message ?? 'no reason was given' },
  };
}

function stateOf(status: Batch['status']): JobStatus['state'] {
  switch (status) {
    case 'completed':
    case 'expired':
    case 'cancelled':
    case 'failed':
      return status;
    default:
      return 'working';
  }
}
