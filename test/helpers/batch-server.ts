import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ChatTurn, turnsOf } from './provider-server/protocol.ts';

/** One request of a job's file. */
export interface JobRequest {
  id: string;
  model: string;
  messages: ChatTurn[];
  body: Record<string, unknown>;
}

/** How a job ends. Requests from `answered` on are left without an answer. */
interface JobEnd {
  status?: 'completed' | 'expired' | 'cancelled';
  answered?: number;
}

interface ServedJob {
  id: string;
  mark: string;
  requests: JobRequest[];
  looks: number;
  isOver: boolean;
}

export interface BatchServerOptions {
  answer(request: JobRequest, job: ServedJob): string | { status: number; body: unknown };
  /** Looks after which a job is over. Default: 1. */
  looks?: number;
  /** Decides once a job is over; `number` counts jobs from 1. */
  end?(job: ServedJob, number: number): JobEnd;
  /** A reason not to begin a job, in place of beginning it. */
  refuse?(job: ServedJob): { code: string; message: string } | null;
  /** Told of every call before it is answered; may answer it with a status of its own. */
  before?(call: string): number | null;
  /** Told after a call was done, and before its reply is sent. */
  after?(call: string): void;
}

export interface BatchServer {
  baseUrl: string;
  jobs: ServedJob[];
  uploads: number;
  /** How often each request was answered, and so paid. */
  paid: Map<string, number>;
}

/** A server that speaks OpenAI's files and batches endpoints, and takes a job no further than it is looked at. */
export async function startBatchServer(options: BatchServerOptions): Promise<BatchServer> {
  const files = new Map<string, string>();
  const state: BatchServer = { baseUrl: '', jobs: [], uploads: 0, paid: new Map() };
  const results = new Map<string, Record<string, unknown>>();

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error) => json(response, 500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return state;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (incoming.url ?? '').split('?')[0]?.replace('/v1', '') ?? '';
    const call = `${incoming.method} ${path.replace(/\/(file|batch)-[\w-]+/, '/ID')}`;
    const body = await bytesOf(incoming);
    const status = options.before?.(call) ?? null;
    if (status !== null) return json(response, status, { error: { message: 'so scripted' } });
    const reply = await replyTo(call, path.split('/')[2] ?? '', incoming, body);
    options.after?.(call);
    if (typeof reply === 'string') {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(reply);
    } else json(response, reply === null ? 404 : 200, reply ?? { error: { message: `nothing at ${path}` } });
  }

  async function replyTo(call: string, id: string, incoming: IncomingMessage, body: Buffer<ArrayBuffer>) {
    switch (call) {
      case 'GET /models':
        return { object: 'list', data: [{ id: 'scripted', object: 'model' }] };
      case 'POST /files':
        return keep(await fileIn(incoming, body));
      case 'GET /files/ID/content':
        return files.get(id) ?? null;
      case 'DELETE /files/ID':
        return { id, object: 'file', deleted: files.delete(id) };
      case 'POST /batches':
        return create(JSON.parse(body.toString('utf8')));
      case 'GET /batches':
        return { object: 'list', data: state.jobs.map(told).reverse(), has_more: false };
      case 'GET /batches/ID':
        return look(id);
      default:
        return null;
    }
  }

  function keep(content: string) {
    state.uploads += 1;
    const id = `file-${randomUUID()}`;
    files.set(id, content);
    return { id, object: 'file', purpose: 'batch', bytes: content.length, created_at: 1, filename: 'f' };
  }

  function create({ input_file_id, metadata }: { input_file_id: string; metadata: Record<string, string> }) {
    const requests = (files.get(input_file_id) ?? '').trim().split('\n').map(requestOf);
    const job: ServedJob = {
      ...{ id: `batch-${randomUUID()}`, mark: metadata['parley_job'] ?? '', requests },
      ...{ looks: 0, isOver: false },
    };
    state.jobs.push(job);
    const refusal = options.refuse?.(job) ?? null;
    if (refusal) {
      job.isOver = true;
      results.set(job.id, { status: 'failed', errors: { object: 'list', data: [refusal] } });
    }
    return told(job);
  }

  function look(id: string) {
    const job = state.jobs.find((candidate) => candidate.id === id);
    if (!job) return null;
    job.looks += 1;
    if (!job.isOver && job.looks >= (options.looks ?? 1)) finish(job);
    return told(job);
  }

  function finish(job: ServedJob): void {
    job.isOver = true;
    const { status = 'completed', answered = job.requests.length } =
      options.end?.(job, state.jobs.indexOf(job) + 1) ?? {};
    const output: string[] = [];
    const errors: string[] = [];
    for (const [index, request] of job.requests.entries()) {
      if (index >= answered) {
        const error = { code: `batch_${status}`, message: 'This request was not executed.' };
        errors.push(JSON.stringify({ id: 'r', custom_id: request.id, response: null, error }));
        continue;
      }
      const reply = options.answer(request, job);
      const isAnswer = typeof reply === 'string';
      if (isAnswer) state.paid.set(request.id, (state.paid.get(request.id) ?? 0) + 1);
      const body = isAnswer ? completion(reply, request) : reply.body;
      const response = { status_code: isAnswer ? 200 : reply.status, request_id: 'q', body };
      const line = JSON.stringify({ id: 'r', custom_id: request.id, response, error: null });
      (isAnswer ? output : errors).push(line);
    }
    const fileOf = (lines: string[]) => {
      if (lines.length === 0) return undefined;
      const id = `file-${randomUUID()}`;
      files.set(id, `${lines.reverse().join('\n')}\n`);
      return id;
    };
    results.set(job.id, { status, output_file_id: fileOf(output), error_file_id: fileOf(errors) });
  }

  function told(job: ServedJob) {
    const { id, mark, requests } = job;
    const total = requests.length;
    return {
      ...{ id, object: 'batch', endpoint: '/v1/chat/completions', completion_window: '24h' },
      ...{ input_file_id: 'file-in', created_at: Math.floor(Date.now() / 1000), status: 'in_progress' },
      metadata: { parley_job: mark },
      request_counts: { total, completed: job.isOver ? total : 0, failed: 0 },
      ...results.get(id),
    };
  }
}

function requestOf(line: string): JobRequest {
  const { custom_id, method, url, body } = JSON.parse(line);
  if (method !== 'POST' || url !== '/v1/chat/completions') throw new Error(`not a request: ${line}`);
  return { id: custom_id, model: body.model, messages: turnsOf(body.messages), body };
}

function completion(text: string, { messages }: JobRequest) {
  const count = (content: string) => content.split(/\s+/).length;
  const prompt_tokens = messages.reduce((sum, { content }) => sum + count(content), 0);
  return {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'scripted' },
    choices: [
      { index: 0, message: { role: 'assistant', content: text, refusal: null }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens, completion_tokens: count(text), total_tokens: prompt_tokens + count(text) },
  };
}

async function fileIn(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<string> {
  const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
  const form = await new Response(body, { headers }).formData();
  if (form.get('purpose') !== 'batch') throw new Error('a job file needs the purpose batch');
  return (form.get('file') as File).text();
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
