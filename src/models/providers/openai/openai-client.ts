import type { ChatMessage } from '../../../debate/calls.ts';
import type { ChatModel } from '../../types.ts';
import { refusalIn } from '../reported-error.ts';

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
 * which makes the request and tells of refusals. The reply is read by us. LangChain's `stream` costs 40% more per
 * turn than the bare SDK, most of it in merging chunks that nobody reads, and drops refusals; the SDK's own reading
 * takes two thirds of the time of a call; and ChatOpenAI above both moves models with certain names to another
 * endpoint, which compatible servers lack.
 */
export async function openaiModel(connection: OpenAIConnection): Promise<ChatModel> {
  const { model, baseUrl, fetch } = connection;
  const { headers, ...credentials } = authorisation(connection);
  const [{ ChatOpenAICompletions }, { completionChunks }] = await Promise.all([
    import('@langchain/openai'),
    import('./completion-stream.ts'),
  ]);
  class Completions extends ChatOpenAICompletions {
    /** The reply with its body yet unread. */
    async reply(request: Parameters<typeof this.client.chat.completions.create>[0], signal: AbortSignal) {
      this._getClientOptions(undefined);
      // Here and not in the client's configuration, from which LangChain drops a header that is to be left out.
      return this.client.chat.completions.create(request, { signal, headers }).asResponse();
    }
  }
  const client = new Completions({
    model,
    ...credentials,
    maxRetries: 0,
    streamUsage: false,
    // The SDK would print what it cannot parse to the terminal.
    configuration: { baseURL: baseUrl, logLevel: 'off', fetch: withPlainRefusals(fetch) },
  });
  const base = client.invocationParams({}, { streaming: true });
  return {
    stream: async (messages: ChatMessage[], { signal, ...options }: Record<string, unknown> = {}) => {
      const request = { ...base, ...options, messages, stream: true as const };
      const reply = await client.reply(request, signal as AbortSignal);
      return completionChunks(bytesOf(reply));
    },
  };
}

/** The library reads one shape of refusals; servers have a dozen. */
function withPlainRefusals(over: typeof fetch): typeof fetch {
  return async (...request) => {
    const response = await over(...request);
    if (response.ok || response.status < 400) return response;
    const { status, headers } = response;
    const text = await response.text();
    const kept = new Headers(headers);
    for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) kept.delete(name);
    kept.set('content-type', 'application/json');
    return new Response(JSON.stringify({ error: refusalIn(text) }), { status, headers: kept });
  };
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
