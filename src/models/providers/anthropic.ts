import type { ChatMessage } from '../../debate/calls.ts';
import type { ChatModel } from '../types.ts';
import { type LangChainChunk, type LangChainModel, readChunks } from './langchain-chunks.ts';

export interface AnthropicConnection {
  model: string;
  apiKey: string;
  /** Given always, so that no variable of the environment reroutes the calls. */
  baseUrl: string;
  fetch: typeof fetch;
}

/** Anthropic's Messages through LangChain. Limit and temperature belong to an instance there, so each pair has one. */
export async function anthropicModel({
  model,
  apiKey,
  baseUrl,
  fetch,
}: AnthropicConnection): Promise<ChatModel> {
  const { ChatAnthropic } = await import('@langchain/anthropic');
  const instances = new Map<string, LangChainModel>();

  const instanceFor = (maxTokens: number, temperature: number | undefined): LangChainModel => {
    const key = `${maxTokens} ${temperature}`;
    const known = instances.get(key);
    if (known !== undefined) return known;
    const made = new ChatAnthropic({
      model,
      apiKey,
      anthropicApiUrl: baseUrl,
      maxRetries: 0,
      maxTokens,
      ...(temperature === undefined ? {} : { temperature }),
      // The SDK would print what it cannot parse to the terminal.
      clientOptions: { logLevel: 'off', fetch },
    }) as unknown as LangChainModel;
    instances.set(key, made);
    return made;
  };

  return {
    stream: async (messages: ChatMessage[], options: Record<string, unknown> = {}) => {
      const { maxTokens, temperature, ...rest } = options;
      const instance = instanceFor(maxTokens as number, temperature as number | undefined);
      return readChunks(counted(await instance.stream(messages, rest)));
    },
  };
}

/** The first event counts the few tokens written until then, the last one counts all of them: only that one holds. */
async function* counted(chunks: AsyncIterable<LangChainChunk>): AsyncGenerator<LangChainChunk> {
  for await (const chunk of chunks) {
    const usage = chunk.usage_metadata;
    if (usage && usage.input_tokens > 0) usage.output_tokens = 0;
    yield chunk;
  }
}
