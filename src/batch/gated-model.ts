import { classifyFailure } from '../models/call-failure.ts';
import { costOf } from '../models/prices.ts';
import { ReplySoFar } from '../models/reply-so-far.ts';
import type { CallRequest, ChatChunk, ChatModel, ModelHandle } from '../models/types.ts';
import { estimatePromptTokens } from '../text/token-estimate.ts';

/** A call that is about to begin. */
export interface GatedCall {
  handle: ModelHandle;
  request: CallRequest;
}

/** What a call used, or is expected to use; `usd` is null where its price is not known. */
export interface Used {
  usd: number | null;
  tokens: number;
}

/** What a call would use if its reply were as long as it may be, so that what is set aside is rarely too little. */
export function mostUsedBy({ handle, request: { messages, maxOutputTokens } }: GatedCall): Used {
  const inputTokens = estimatePromptTokens(messages);
  const usage = { inputTokens, outputTokens: maxOutputTokens, cachedTokens: 0, estimated: true };
  return { usd: costOf(usage, 0, handle.price), tokens: inputTokens + maxOutputTokens };
}

/** How a call ended: with a whole reply, refused for too many, or in any other way. */
type CallEnd =
  | { how: 'answered'; used: Used | null }
  | { how: 'refused'; used: Used | null; retryAfterMs: number | null }
  | { how: 'ended'; used: Used | null };

/** A call that a gate let through. */
export interface Pass {
  /** Something of the reply came. */
  began?(): void;
  /** The call is over; called once. `used` is null where nothing can have been charged. */
  over(end: CallEnd): void;
}

/** Asked before every call of a model, such as a rate limiter or a shared budget. */
export interface Gate {
  /** Does it need to know what a call used that was cut short? Then every word of a reply is counted. */
  readonly countsWords?: boolean;
  /** Resolves once the call may begin; with null where it must not, or was aborted. */
  pass(call: GatedCall, signal: AbortSignal | undefined): Promise<Pass | null>;
}

/** The same model, none of whose calls begins before every gate, in their order, has let it through. */
export function gatedModel(handle: ModelHandle, gates: readonly Gate[], now: () => number): ModelHandle {
  const countsWords = gates.some((gate) => gate.countsWords);
  return {
    ...handle,
    chatModel: async (request, signal) => {
      if (!request) return handle.chatModel(request, signal);
      const passes = await passAll(gates, { handle, request }, signal);
      if (passes === null) {
        await aborted(signal);
        return handle.chatModel(request, signal);
      }
      const call = countedCall({ handle, request, passes, now, countsWords });
      signal?.addEventListener('abort', () => call.over('ended'), { once: true });
      try {
        return countedModel(await handle.chatModel(request, signal), call);
      } catch (error) {
        call.over('ended');
        throw error;
      }
    },
  };
}

/** null where a gate refuses; the gates before it learn that nothing was used. */
async function passAll(
  gates: readonly Gate[],
  call: GatedCall,
  signal: AbortSignal | undefined,
): Promise<Pass[] | null> {
  const passes: Pass[] = [];
  for (const gate of gates) {
    const pass = await gate.pass(call, signal);
    if (pass === null) {
      for (const earlier of passes) earlier.over({ how: 'ended', used: null });
      return null;
    }
    passes.push(pass);
  }
  return passes;
}

/** A call that no gate let through is stopped from outside, at once or soon. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!signal || signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

interface CountedCall {
  take(chunk: ChatChunk): void;
  over(how: 'answered' | 'ended'): void;
  /** Rethrows what the provider's library threw. */
  failed(error: unknown): never;
}

function countedCall({
  handle,
  request,
  passes,
  now,
  countsWords,
}: GatedCall & { passes: readonly Pass[]; now: () => number; countsWords: boolean }): CountedCall {
  const heard = countsWords ? new ReplySoFar(now) : null;
  let counted: ChatChunk['usage_metadata'];
  let hasBegun = false;
  let isOver = false;

  const used = (): Used | null => {
    if (heard) {
      const usage = heard.usage(request);
      if (usage === null) return null;
      const usd = costOf(usage, heard.cacheWriteTokens, handle.price);
      return { usd, tokens: usage.inputTokens + usage.outputTokens };
    }
    return counted ? { usd: null, tokens: counted.input_tokens + counted.output_tokens } : null;
  };
  const end = (made: (used: Used | null) => CallEnd) => {
    if (isOver) return;
    isOver = true;
    const ended = made(used());
    for (const pass of passes) pass.over(ended);
  };
  return {
    take(chunk) {
      if (!hasBegun) for (const pass of passes) pass.began?.();
      hasBegun = true;
      heard?.take(chunk);
      counted = chunk.usage_metadata ?? counted;
    },
    over: (how) => end((used) => ({ how, used })),
    failed(error) {
      const { reason, retryAfterMs } = classifyFailure(error, now());
      const isRefusal = reason === 'rate-limited' || reason === 'overloaded';
      end((used) => (isRefusal ? { how: 'refused', used, retryAfterMs } : { how: 'ended', used }));
      throw error;
    },
  };
}

function countedModel(model: ChatModel, call: CountedCall): ChatModel {
  return {
    stream: (messages, options) =>
      model.stream(messages, options).then((chunks) => countedChunks(chunks, call), call.failed),
  };
}

/** By hand, not as a generator: this runs for every token of every debate. */
function countedChunks(chunks: AsyncIterable<ChatChunk>, call: CountedCall): AsyncIterable<ChatChunk> {
  const take = (result: IteratorResult<ChatChunk>) => {
    if (result.done) call.over('answered');
    else call.take(result.value);
    return result;
  };
  return {
    [Symbol.asyncIterator]: () => {
      const inner = chunks[Symbol.asyncIterator]();
      return {
        next: () => inner.next().then(take, call.failed),
        return: async () => {
          await inner.return?.();
          call.over('ended');
          return { done: true, value: undefined };
        },
      };
    },
  };
}
