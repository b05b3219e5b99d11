import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicProtocol } from './anthropic-protocol.ts';
import { ollamaProtocol } from './ollama-protocol.ts';
import { openaiProtocol } from './openai-protocol.ts';
import type { Protocol } from './protocol.ts';
import type { Reply } from './reply.ts';
import type { ChatRequest } from './request.ts';
import { sendReply } from './send-reply.ts';

const protocols: readonly Protocol[] = [openaiProtocol, anthropicProtocol, ollamaProtocol];

export interface ListenOptions {
  /** Decides what a call is answered. */
  answer(request: ChatRequest): string | Reply | Promise<string | Reply>;
  /** Names the server lists as its models. Default: scripted. */
  models?: readonly string[];
  /** Tokens that the server states as the context of each of its models. */
  contextLength?: number;
  /** What it lists as the price of each of its models. */
  pricing?: unknown;
  /** Where given, every other key is answered with 401. */
  key?: string;
  port?: number;
  /** Takes connections and never answers. */
  isDeaf?: boolean;
}

export interface Listening {
  /** Such as http://127.0.0.1:4242: the base of Anthropic and Ollama. */
  origin: string;
  /** The base of OpenAI's protocol: the origin with /v1. */
  baseUrl: string;
  /** Every chat call so far. Keeping them can be turned off for long runs with `keep`. */
  requests: ChatRequest[];
  close(): Promise<void>;
}

/**
 * A real HTTP server on loopback that speaks what three providers speak. It checks nothing and has no
 * dependencies, so that benchmarks and scripts can use it; tests use `startProviderServer`.
 */
export async function listen(options: ListenOptions & { keep?: boolean }): Promise<Listening> {
  const requests: ChatRequest[] = [];
  let count = 0;
  const server = createServer((incoming, response) => {
    if (options.isDeaf) return;
    const path = (incoming.url ?? '').split('?')[0] ?? '';
    const protocol = protocols.find((candidate) => path.endsWith(candidate.path));
    readBody(incoming)
      .then(async (body) => {
        if (options.key !== undefined && !hasKey(incoming, options.key)) {
          return json(response, 401, {
            error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' },
          });
        }
        if (protocol === undefined) return list(path, options, response);
        const request = requestOf(++count, protocol, path, incoming, response, body);
        if (options.keep !== false) requests.push(request);
        const answer = await options.answer(request);
        const reply = typeof answer === 'string' ? { text: answer } : answer;
        await sendReply(response, reply, protocol, request.model, request.messages);
      })
      .catch((error: unknown) => {
        if (!response.headersSent)
          json(response, 500, { error: { message: `the test server failed: ${error}` } });
      });
  });
  // On a busy machine a benchmark comes back to a connection after minutes.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, baseUrl: `${origin}/v1`, requests, close };
}

function requestOf(
  number: number,
  protocol: Protocol,
  path: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  body: Record<string, unknown>,
): ChatRequest {
  const closed = new Promise<'whole' | 'cut'>((resolve) => {
    response.on('close', () => resolve(response.writableFinished ? 'whole' : 'cut'));
  });
  const messages = protocol.messagesOf(body);
  const model = String(body['model']);
  const { headers, socket } = incoming;
  const port = socket.remotePort ?? 0;
  return { number, protocol: protocol.name, path, port, headers, body, model, messages, closed };
}

async function readBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

function hasKey({ headers }: IncomingMessage, key: string): boolean {
  return headers.authorization === `Bearer ${key}` || headers['x-api-key'] === key;
}

/** The endpoints that list models, which cost nothing. */
function list(
  path: string,
  {
    models = ['scripted'],
    contextLength,
    pricing,
  }: Pick<ListenOptions, 'models' | 'contextLength' | 'pricing'>,
  response: ServerResponse,
): void {
  const stated = contextLength === undefined ? {} : { context_length: contextLength };
  const data = models.map((id) => ({ id, type: 'model', ...stated, pricing }));
  if (path === '/v1/models') json(response, 200, { object: 'list', data, has_more: false });
  else if (path === '/api/tags')
    json(response, 200, { models: models.map((name) => ({ name, model: name })) });
  else json(response, 404, { error: { message: `no such address: ${path}` } });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
