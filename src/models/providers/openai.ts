import type { ChatMessage } from '../../debate/messages.ts';
import type { ChatChunk, ChatModel } from '../types.ts';

export interface OpenAIConnection {
  model: string;
  /** Servers that need no key are sent a word in its place: the library insists on one. */
  apiKey: string;
  /** Given always, so that no variable of the environment reroutes the calls. */
  baseUrl: string;
}

/**
 * OpenAI's Chat Completions, and whatever speaks them, through LangChain's ChatOpenAICompletions: it makes the request
 * and owns the client. Its `stream` is left out. It costs 40% more per turn than the bare SDK, most of it in
 * merging chunks that nobody reads; it drops refusals; and ChatOpenAI above it moves models with certain names
 * to another endpoint, which compatible servers lack.
 */
export async function openaiModel({ model, apiKey, baseUrl }: OpenAIConnection): Promise<ChatModel> {
  const { ChatOpenAICompletions } = await import('@langchain/openai');
  const client = new ChatOpenAICompletions({
    model,
    apiKey,
    maxRetries: 0,
    streamUsage: false,
    // The SDK would print what it cannot parse to the terminal.
    configuration: { baseURL: baseUrl, logLevel: 'off' },
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

/** What is read of a chunk; servers send more, and sometimes less. */
interface CompletionChunk {
  choices?: {
    delta?: {
      content?: string | null;
      refusal?: string | null;
      reasoning_content?: string;
      reasoning?: string;
    };
    finish_reason?: string | null;
  }[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
  } | null;
}

const nothing: Record<string, unknown> = {};

async function* read(chunks: AsyncIterable<CompletionChunk>): AsyncGenerator<ChatChunk> {
  let usage: CompletionChunk['usage'] = null;
  for await (const chunk of chunks) {
    // Some servers send a running count with every chunk: the last one holds.
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const { delta, finish_reason } = choice;
    yield {
      text: delta?.content ?? '',
      response_metadata: finish_reason ? { finish_reason } : nothing,
      additional_kwargs: delta === undefined ? nothing : (delta as Record<string, unknown>),
    };
  }
  if (usage)
    yield {
      text: '',
      response_metadata: nothing,
      additional_kwargs: nothing,
      usage_metadata: counted(usage),
    };
}

function counted(usage: NonNullable<CompletionChunk['usage']>): NonNullable<ChatChunk['usage_metadata']> {
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    input_token_details: { cache_read: usage.prompt_tokens_details?.cached_tokens ?? 0 },
  };
}
