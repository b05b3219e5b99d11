import { costOf } from '../../models/cost.ts';
import { Heard } from '../../models/heard.ts';
import type { CallRequest, ChatChunk, ChatModel, ModelHandle } from '../../models/types.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';
import type { Used } from './shared-budget.ts';

/** Leave for one call of a debate that this worker holds. */
export interface Leave {
  /** The call is over; null where nothing can have been charged. Only the first time counts. */
  over(used: Used | null): void;
}

/** Asked before every call of a debate. */
export interface Guard {
  /** null where the call must not begin: the debate is another's by now, is to stop, or nobody waits any more. */
  leave(estimate: Used, signal?: AbortSignal): Promise<Leave | null>;
}

/** The same model, none of whose calls begins without leave; tells what each has used. */
export function guardedModel(handle: ModelHandle, guard: Guard, now: () => number): ModelHandle {
  return {
    ...handle,
    chatModel: async (request, signal) => {
      const leave = request ? await guard.leave(estimateOf(handle, request), signal) : null;
      if (!request || !leave) {
        await ended(signal);
        return handle.chatModel(request, signal);
      }
      const heard = new Heard(now);
      const over = () => leave.over(usedBy(heard, handle, request));
      signal?.addEventListener('abort', over, { once: true });
      try {
        return listened(await handle.chatModel(request, signal), heard, over);
      } catch (error) {
        over();
        throw error;
      }
    },
  };
}

/** The longest reply is expected, so that what is set aside is rarely too little. */
function estimateOf({ price }: ModelHandle, { messages, maxOutputTokens }: CallRequest): Used {
  const inputTokens = estimatePromptTokens(messages);
  const usage = { inputTokens, outputTokens: maxOutputTokens, cachedTokens: 0, estimated: true };
  return { usd: costOf(usage, 0, price), tokens: inputTokens + maxOutputTokens };
}

function usedBy(heard: Heard, { price }: ModelHandle, request: CallRequest): Used | null {
  const usage = heard.usage(request);
  if (usage === null) return null;
  return {
    usd: costOf(usage, heard.cacheWriteTokens, price),
    tokens: usage.inputTokens + usage.outputTokens,
  };
}

/** A call without leave is stopped from outside, at once or soon. */
function ended(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!signal || signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function listened(model: ChatModel, heard: Heard, over: () => void): ChatModel {
  const failed = (error: unknown): never => {
    over();
    throw error;
  };
  return {
    stream: (messages, options) =>
      model.stream(messages, options).then((chunks) => listenedChunks(chunks, heard, over, failed), failed),
  };
}

/** By hand, not as a generator: this runs for every token of every debate. */
function listenedChunks(
  chunks: AsyncIterable<ChatChunk>,
  heard: Heard,
  over: () => void,
  failed: (error: unknown) => never,
): AsyncIterable<ChatChunk> {
  const take = (result: IteratorResult<ChatChunk>) => {
    if (result.done) over();
    else heard.take(result.value);
    return result;
  };
  return {
    [Symbol.asyncIterator]: () => {
      const inner = chunks[Symbol.asyncIterator]();
      return {
        next: () => inner.next().then(take, failed),
        return: async () => {
          await inner.return?.();
          over();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
