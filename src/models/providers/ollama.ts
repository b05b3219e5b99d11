import type { ChatMessage } from '../../debate/calls.ts';
import type { ChatChunk, ChatModel } from '../types.ts';
import type { LangChainChunk, LangChainModel } from './langchain-chunks.ts';
import { ollamaFetch } from './ollama-fetch.ts';

/** Ollama through LangChain: a new instance for each call, because stopping one stream of an instance stops them all. */
export async function ollamaModel(model: string, baseUrl: string): Promise<ChatModel> {
  const { ChatOllama } = await import('@langchain/ollama');
  return {
    stream: async (messages: ChatMessage[], options: Record<string, unknown> = {}) => {
      const { signal, format, ...fields } = options;
      const abort = signal as AbortSignal;
      const instance = new ChatOllama({
        ...fields,
        model,
        baseUrl,
        maxRetries: 0,
        fetch: ollamaFetch(abort),
      });
      const callOptions = { signal: abort, ...(format === undefined ? {} : { format }) };
      return withEnding(await (instance as unknown as LangChainModel).stream(messages, callOptions));
    },
  };
}

/** Old servers say that they are done, but not why. */
async function* withEnding(chunks: AsyncIterable<LangChainChunk>): AsyncGenerator<ChatChunk> {
  for await (const chunk of chunks) {
    const metadata = chunk.response_metadata;
    if (metadata['done'] === true && metadata['done_reason'] === undefined) metadata['done_reason'] = 'stop';
    yield chunk;
  }
}
