import { z } from 'zod';
import type { ChatMessage } from '../../debate/calls.ts';
import { success } from '../../debate/outcome.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import { free } from '../prices.ts';
import type { ChatChunk, ChatModel } from '../types.ts';
import { learnedOptions, once } from './learned-options.ts';
import {
  type Connection,
  type EndpointSettings,
  type Provider,
  type ProviderModel,
  parseBaseUrl,
} from './provider.ts';

const port = 11434;
const tags = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Models on a person's own machine, served by Ollama. */
export const ollama: Provider = {
  name: 'ollama',
  title: 'Ollama',
  keyVariables: [],
  knownModels: /^(llama|qwen|gemma|mistral|phi|deepseek-r1)[\w.-]*(:|$)/,
  endpoint: endpointOf,
  modelList: ({ baseUrl }) => ({
    address: `${baseUrl}/api/tags`,
    headers: {},
    hasTags: true,
    names: (body) => {
      const list = tags.safeParse(body);
      return list.success ? list.data.models.map(({ name }) => name) : null;
    },
  }),
  listPrice: () => free,
  remedies: {
    unreachable: 'Start it with: ollama serve (or set OLLAMA_HOST to where it runs)',
    missingModel: (model) => `Run: ollama pull ${model}`,
    noModels: 'Run: ollama pull llama3.2',
  },
  create: (connection) => ({
    chatModel: once(() => ollamaModel(connection)),
    options: ollamaOptions(connection.model),
  }),
};

/** The address from OLLAMA_HOST, in any of the forms that Ollama itself takes: host, host:port, :port, URL. */
function endpointOf({ environment, baseUrl }: EndpointSettings): ReturnType<Provider['endpoint']> {
  const text = baseUrl ?? environment['OLLAMA_HOST']?.trim() ?? '';
  const at = (address: string) => success({ baseUrl: address, isCloud: false });
  if (text === '') return at(`http://127.0.0.1:${port}`);
  const hasScheme = /^https?:\/\//.test(text);
  const host = text.startsWith(':') ? `127.0.0.1${text}` : text;
  const parsed = parseBaseUrl(
    hasScheme ? text : `http://${host}`,
    baseUrl === undefined ? 'OLLAMA_HOST' : undefined,
  );
  if (!parsed.ok) return parsed;
  const address = new URL(parsed.value);
  if (address.port === '' && !hasScheme) address.port = String(port);
  // A server listens on 0.0.0.0; nobody can call it there.
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1';
  return at(address.href.replace(/\/+$/, ''));
}

const smallestContext = 8_192;
/** How far an estimate of tokens may be short. */
const margin = 1.25;

/**
 * The options of a request to Ollama for one model. Ollama silently cuts the start off a prompt that is longer than its context,
 * which is 4,096 tokens on most machines, and loads the model anew when the size changes: so it grows in large steps and never shrinks.
 */
function ollamaOptions(model: string): ProviderModel['options'] {
  let numCtx = smallestContext;
  return learnedOptions(model, { format: /format|schema|grammar/i }, (request, numPredict) => {
    const { temperature, seed, reply } = request;
    const needed = estimatePromptTokens(request.messages) * margin + numPredict;
    while (numCtx < needed) numCtx *= 2;
    return {
      ...{ seed, numPredict, numCtx },
      ...(temperature === null ? {} : { temperature }),
      ...(reply === undefined ? {} : { format: reply.schema }),
    };
  });
}

/** Ollama through LangChain: a new instance for each call, because stopping one stream of an instance stops them all. */
async function ollamaModel({ model, endpoint, fetch }: Connection): Promise<ChatModel> {
  const { ChatOllama } = await import('@langchain/ollama');
  return {
    stream: async (messages: ChatMessage[], options: Record<string, unknown> = {}) => {
      const { signal, format, ...fields } = options;
      const abort = signal as AbortSignal;
      const instance = new ChatOllama({
        ...fields,
        model,
        baseUrl: endpoint.baseUrl,
        maxRetries: 0,
        fetch: ollamaFetch(fetch, abort),
      });
      const callOptions = { signal: abort, ...(format === undefined ? {} : { format }) };
      return withEnding(await (instance as unknown as ChatModel).stream(messages, callOptions));
    },
  };
}

/** Old servers say that they are done, but not why. */
async function* withEnding(chunks: AsyncIterable<ChatChunk>): AsyncGenerator<ChatChunk> {
  for await (const chunk of chunks) {
    const metadata = chunk.response_metadata;
    if (metadata['done'] === true && metadata['done_reason'] === undefined) metadata['done_reason'] = 'stop';
    yield chunk;
  }
}

/**
 * A fetch for one call to Ollama. Its library cannot stop a request that has not been answered yet, and prints
 * errors and broken lines to the terminal; this stops with the call's signal and turns both into errors.
 */
function ollamaFetch(fetch: Connection['fetch'], signal: AbortSignal): Connection['fetch'] {
  return async (address, init = {}) => {
    const both = init.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const response = await fetch(address, { ...init, signal: both });
    if (!response.ok) {
      const error = errorTextOf(await response.text()) || response.statusText;
      const headers = { 'content-type': 'application/json' };
      return new Response(JSON.stringify({ error }), { status: response.status, headers });
    }
    if (response.body === null) throw new Error('the reply has no body');
    return new Response(ReadableStream.from(wholeLines(response.body)), { status: response.status });
  };
}

function errorTextOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : text;
  } catch {
    return text;
  }
}

/** Passes bytes on, and breaks the stream at the first line that is no JSON. */
async function* wholeLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') JSON.parse(line);
    yield bytes;
  }
}
