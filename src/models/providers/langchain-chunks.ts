import type { ChatChunk } from '../types.ts';

/** What is read of a LangChain AIMessageChunk, whichever copy of @langchain/core made it. */
export interface LangChainChunk extends ChatChunk {
  /** A text, or a list of blocks of which some are thoughts. */
  readonly content: unknown;
}

/** A LangChain model, as far as it is used here. */
export interface LangChainModel {
  stream(messages: unknown, options?: Record<string, unknown>): Promise<AsyncIterable<LangChainChunk>>;
}

/** LangChain's chunks with thoughts where the call policy looks for them. */
export async function* readChunks(chunks: AsyncIterable<LangChainChunk>): AsyncGenerator<ChatChunk> {
  for await (const chunk of chunks) {
    const thought = thoughtIn(chunk.content);
    if (thought === '') yield chunk;
    else
      yield {
        ...partsOf(chunk),
        additional_kwargs: { ...chunk.additional_kwargs, reasoning_content: thought },
      };
  }
}

/** `text` is a getter of the chunk's class, which spreading would lose. */
function partsOf({
  text,
  response_metadata,
  usage_metadata,
}: LangChainChunk): Omit<ChatChunk, 'additional_kwargs'> {
  return { text, response_metadata, usage_metadata };
}

function thoughtIn(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .map((block: { thinking?: unknown; reasoning?: unknown }) => block.thinking ?? block.reasoning)
    .filter((thought) => typeof thought === 'string')
    .join('');
}
