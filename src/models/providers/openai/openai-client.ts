import { type ChatMessage, messagesJson } from '../../../debate/calls.ts';
import type { ChatModel } from '../../types.ts';
import { refusalOf } from '../reported-error.ts';

export interface OpenAIConnection {
  model: string;
  /** Empty for none. */
  apiKey: string;
  /** Given always, so that no variable of the environment reroutes the calls. */
  baseUrl: string;
  /** Someone else's server that speaks OpenAI's protocol. */
  isCompatible: boolean;
  fetch: typeof fetch;
}

/**
 * OpenAI's Chat Completions, and whatever speaks them, through LangChain's ChatOpenAICompletions: it owns the client,
 * which says once where and with which headers requests are made, and what a refusal is called. Each request is sent, and its
 * reply read, by us: the client takes as long over a request as everything else of a call, and two thirds of a call over
 * reading its reply. LangChain's `stream` above it costs 40% more again, most of it in merging chunks that nobody reads, and
 * drops refusals; and ChatOpenAI above both moves models with certain names to another endpoint, which compatible servers lack.
 */
export async function openaiModel(connection: OpenAIConnection): Promise<ChatModel> {
  const { fetch } = connection;
  const [{ url, headers, base }, { APIError }, { completionChunks }] = await Promise.all([
    requestsOf(connection),
    import('openai'),
    import('./completion-stream.ts'),
  ]);
  return {
    stream: async (messages: ChatMessage[], { signal, ...options }: Record<string, unknown> = {}) => {
      const asked = JSON.stringify({ ...base, stream: true, ...options });
      const body = `${asked.slice(0, -1)},"messages":${messagesJson(messages)}}`;
      const reply = await fetch(url, { method: 'POST', headers, body, signal: signal as AbortSignal });
      if (reply.ok) return completionChunks(bytesOf(reply));
      // The library reads one shape of refusals; servers have a dozen.
      const error = await refusalOf(reply);
      throw APIError.generate(reply.status, { error }, undefined, reply.headers);
    },
  };
}

/** Where and how every request of a model is posted, and what its body holds beside options and messages. */
interface Requests {
  url: string;
  headers: Record<string, string>;
  base: object;
}

/** A process that runs many debates makes the same models for each. */
const known = new Map<string, Promise<Requests>>();
const mostKnown = 100;

function requestsOf({ model, baseUrl, apiKey, isCompatible }: OpenAIConnection): Promise<Requests> {
  const key = JSON.stringify([model, baseUrl, apiKey, isCompatible]);
  const there = known.get(key);
  if (there) return there;
  const made = makeRequests({ model, baseUrl, apiKey, isCompatible });
  if (known.size >= mostKnown) known.clear();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

async function makeRequests({
  model,
  baseUrl,
  ...access
}: Omit<OpenAIConnection, 'fetch'>): Promise<Requests> {
  const { headers, ...credentials } = authorisation(access);
  const { ChatOpenAICompletions } = await import('@langchain/openai');
  class Completions extends ChatOpenAICompletions {
    async request(): Promise<Pick<Requests, 'url' | 'headers'>> {
      this._getClientOptions(undefined);
      // Here and not in the client's configuration, from which LangChain drops a header that is to be left out.
      const options = { method: 'post', path: '/chat/completions', body: {}, headers } as const;
      const { req, url } = await this.client.buildRequest({ ...options, stream: true });
      return { url, headers: Object.fromEntries(req.headers) };
    }
  }
  const client = new Completions({
    model,
    ...credentials,
    maxRetries: 0,
    streamUsage: false,
    configuration: { baseURL: baseUrl, logLevel: 'off' },
  });
  return { ...(await client.request()), base: client.invocationParams({}, { streaming: true }) };
}

/** Node's streams can be iterated, which the type of the web's does not say. */
function bytesOf({ body }: Response): AsyncIterable<Uint8Array> {
  if (body === null) throw new TypeError('the reply has no body');
  return body as unknown as AsyncIterable<Uint8Array>;
}

/** Headers that OpenAI's library is to leave out. */
type LeftOut = Record<string, null>;

/**
 * How a key reaches OpenAI's library. It insists on one, and would send whatever stands in its place: to a server
 * that needs none, the header is left out. So is from another's server what the library takes from the environment
 * to tell OpenAI of an account there.
 */
export function authorisation({ apiKey, isCompatible }: Pick<OpenAIConnection, 'apiKey' | 'isCompatible'>): {
  apiKey: string;
  headers: LeftOut;
} {
  const account: LeftOut = isCompatible ? { 'OpenAI-Organization': null, 'OpenAI-Project': null } : {};
  return apiKey === ''
    ? { apiKey: 'none', headers: { ...account, Authorization: null } }
    : { apiKey, headers: account };
}
