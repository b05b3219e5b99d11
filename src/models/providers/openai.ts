import type { ChatMessage } from '../../debate/messages.ts';
import type { ChatChunk, ChatModel } from '../types.ts';

export interface OpenAIConnection {
  model: string;
  /** Servers that need no key are sent a word in its place: the library insists on one. */
  apiKey: string;
  /** Given always, so that no variable of the environment reroutes the calls. */
  baseUrl: string;
  fetch: typeof fetch;
}

/**
 * OpenAI's Chat Completions, and whatever speaks them, through LangChain's ChatOpenAICompletions: it makes the request
 * and owns the client. Its `stream` is left out. It costs 40% more per turn than the bare SDK, most of it in
 * merging chunks that nobody reads; it drops refusals; and ChatOpenAI above it moves models with certain names
 * to another endpoint, which compatible servers lack.
 */
export async function openaiModel({ model, apiKey, baseUrl, fetch }: OpenAIConnection): Promise<ChatModel> {
  const { ChatOpenAICompletions } = await import('@langchain/openai');
  const client = new ChatOpenAICompletions({
    model,
    apiKey,
    maxRetries: 0,
    streamUsage: false,
    // The SDK would print what it cannot parse to the terminal.
    configuration: { baseURL: baseUrl, logLevel: 'off', fetch },
  });
  const base = client.invocationParams({}, { streaming: true });
  return {
    stream: async (messages: ChatMessage[], { signal, ...options }: Record<string, unknown> = {}) => {
      const request = { ...base, ...options, messages, stream: true as const };
      const chunks = await client.completionWithRetry(request, { signal: signal as AbortSignal });
      return read(chunks as AsyncIterable<CompletionChunk>);
    },
  };
}

interface Part {
  text?: unknown;
}

interface Choice {
  delta?: {
    content?: string | readonly Part[] | null;
    refusal?: string | null;
    reasoning_content?: string;
    reasoning?: string;
  };
  finish_reason?: string | null;
}

/** What is read of a chunk; servers send more, and sometimes less. */
interface CompletionChunk {
  choices?: Choice[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    prompt_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  } | null;
}

const nothing: Record<string, unknown> = {};

/** By hand, not as a generator: this runs for every token of every debate. */
function read(chunks: AsyncIterable<CompletionChunk>): AsyncIterable<ChatChunk> {
  let usage: CompletionChunk['usage'] = null;
  const convert = ({ done, value: chunk }: IteratorResult<CompletionChunk>): IteratorResult<ChatChunk> => {
    if (done) {
      if (!usage) return { done: true, value: undefined };
      const usage_metadata = counted(usage);
      usage = null;
      return { done: false, value: { ...silence, usage_metadata } };
    }
    // Some servers send a running count with every chunk: the last one holds.
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    return { done: false, value: choice === undefined ? silence : chunkOf(choice) };
  };
  return {
    [Symbol.asyncIterator]: () => {
      const inner = chunks[Symbol.asyncIterator]();
      return {
        next: () => inner.next().then(convert),
        return: async () => {
          await inner.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

const silence: ChatChunk = { text: '', response_metadata: nothing, additional_kwargs: nothing };

function chunkOf({ delta, finish_reason }: Choice): ChatChunk {
  const content = delta?.content ?? '';
  return {
    text: typeof content === 'string' ? content : textOf(content),
    response_metadata: finish_reason ? { finish_reason } : nothing,
    additional_kwargs: (delta as Record<string, unknown> | undefined) ?? nothing,
  };
}

/** Some servers send a list of parts, of which those without a text are thoughts. */
function textOf(content: readonly Part[]): string {
  return content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}

function counted(usage: NonNullable<CompletionChunk['usage']>): NonNullable<ChatChunk['usage_metadata']> {
  const details = usage.prompt_tokens_details;
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    input_token_details: {
      cache_read: details?.cached_tokens ?? 0,
      cache_creation: details?.cache_write_tokens ?? 0,
    },
  };
}
