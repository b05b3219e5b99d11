import { classifyFailure } from '../models/call-failure.ts';
import { statedLimits } from '../models/rate-limits.ts';
import type { CallRequest, ChatChunk, ChatModel, ModelHandle } from '../models/types.ts';
import type { Lane, Permit } from './rate-limiter.ts';

/** Among many debates a refusal is part of the day, and the lane decides when to ask again. */
const attempts = 8;

/** The same model, whose calls wait in a lane before they begin and teach it how they went. */
export function limitedModel(handle: ModelHandle, lane: Lane, now: () => number): ModelHandle {
  handle.watchHeaders?.((headers) => {
    const limits = statedLimits(headers, now());
    if (limits) lane.told(handle.spec, limits);
  });
  return {
    ...handle,
    policy: { ...handle.policy, attempts },
    chatModel: async (request, signal) => {
      const permit = await lane.admission(request ? tokensOf(request) : 0, signal, handle.spec);
      if (!permit) return handle.chatModel(request, signal);
      signal?.addEventListener('abort', () => permit.ended(), { once: true });
      try {
        return watched(await handle.chatModel(request, signal), permit, now);
      } catch (error) {
        permit.ended();
        throw error;
      }
    },
  };
}

/** A rough count before the call, four characters a token; half of the longest reply is expected. */
function tokensOf({ messages, maxOutputTokens }: CallRequest): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  return Math.ceil(characters / 4 + maxOutputTokens / 2);
}

function watched(model: ChatModel, permit: Permit, now: () => number): ChatModel {
  const failed = (error: unknown): never => {
    const { reason, retryAfterMs } = classifyFailure(error, now());
    if (reason === 'rate-limited' || reason === 'overloaded') permit.refused(retryAfterMs);
    else permit.ended();
    throw error;
  };
  return {
    stream: (messages, options) =>
      model.stream(messages, options).then((chunks) => watchedChunks(chunks, permit, failed), failed),
  };
}

/** By hand, not as a generator: this runs for every token of every debate. */
function watchedChunks(
  chunks: AsyncIterable<ChatChunk>,
  permit: Permit,
  failed: (error: unknown) => never,
): AsyncIterable<ChatChunk> {
  let used: number | null = null;
  const pass = (result: IteratorResult<ChatChunk>) => {
    if (result.done) permit.answered(used);
    else {
      permit.heard();
      const usage = result.value.usage_metadata;
      if (usage) used = usage.input_tokens + usage.output_tokens;
    }
    return result;
  };
  return {
    [Symbol.asyncIterator]: () => {
      const inner = chunks[Symbol.asyncIterator]();
      return {
        next: () => inner.next().then(pass, failed),
        return: async () => {
          await inner.return?.();
          permit.ended();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
