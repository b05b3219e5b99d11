import type { CallFailure, Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/events.ts';
import { classifyFailure } from './call-failure.ts';
import { type Deadlines, startDeadlines, type Timeout } from './deadlines.ts';
import { ReplySoFar } from './reply-so-far.ts';
import { ReplyStream } from './reply-stream.ts';
import type { CallPolicy, CallRequest, ModelHandle } from './types.ts';

export interface AttemptSuccess {
  ok: true;
  text: string;
  ending: Ending;
  usage: Usage;
  cacheWriteTokens: number;
  firstTokenMs: number | null;
}

export interface AttemptFailure {
  ok: false;
  reason: CallFailure;
  /** The provider's own words, or nothing. */
  detail: string;
  status: number | null;
  retryAfterMs: number | null;
  /** null where the provider cannot have counted anything. */
  usage: Usage | null;
  cacheWriteTokens: number;
  ending: Ending | null;
  hadText: boolean;
  /** Did the server answer at all, be it with a refusal? */
  wasReached: boolean;
  /** The call options that were sent. */
  options: Record<string, unknown>;
}

/** One attempt of a call. */
export interface Attempt {
  /** The next words; null when it is over. Never rejects for what a provider does. */
  next(): Promise<string | null>;
  /** How it went, once it is over. `now` is the time by the call's clock. */
  outcome(now: number): AttemptSuccess | AttemptFailure;
  /** Closes the connection if it is still open. */
  close(): void;
}

export function startAttempt(
  handle: ModelHandle,
  request: CallRequest,
  policy: CallPolicy,
  signal: AbortSignal,
  now: () => number,
): Attempt {
  const stream = new ReplyStream();
  const abort = new AbortController();
  const options = handle.callOptions(request);
  let reply = new ReplySoFar(now);
  let deadlines: Deadlines | null = null;
  /** Why it was cut from this side; some libraries then throw, others end the stream as if it were whole. */
  let cut: Timeout | 'aborted' | null = null;

  const cutShort = (why: Timeout | 'aborted') => {
    // What is whole stays whole, however long its listener takes over it.
    if (stream.isOver) return;
    cut = why;
    stream.end();
    abort.abort();
  };
  const onAbort = () => cutShort('aborted');

  const read = async () => {
    const model = await handle.chatModel(request, abort.signal);
    if (stream.isOver) return;
    // Loading a provider's library is not the provider's time.
    reply = new ReplySoFar(now);
    deadlines = startDeadlines(policy, cutShort);
    for await (const chunk of await model.stream(request.messages, { ...options, signal: abort.signal })) {
      if (stream.isOver) return;
      const words = reply.take(chunk);
      deadlines.alive(reply.hasToken);
      stream.say(words);
    }
    stream.say(reply.end());
    stream.end();
  };

  const failed = (reason: CallFailure, detail = '', more: Partial<AttemptFailure> = {}): AttemptFailure => ({
    ok: false,
    reason,
    detail,
    status: null,
    retryAfterMs: null,
    usage: reply.usage(request),
    cacheWriteTokens: reply.cacheWriteTokens,
    ending: reply.ending === 'broken' ? null : reply.ending,
    hadText: reply.text !== '',
    wasReached: reply.hasChunk,
    options,
    ...more,
  });

  signal.addEventListener('abort', onAbort, { once: true });
  read().catch((error: unknown) => stream.end({ error }));

  return {
    next: () => stream.next(),
    outcome: (now) => {
      if (cut !== null) return failed(cut);
      if (stream.failure !== null) {
        const { error } = stream.failure;
        const usual = classifyFailure(error, now);
        const { reason, detail, status, retryAfterMs } = { ...usual, ...handle.classify?.(error) };
        const wasReached = reply.hasChunk || status !== null;
        return failed(reason, detail, { status, retryAfterMs, wasReached });
      }
      const { text, ending, cacheWriteTokens } = reply;
      if (ending === null && !handle.endsWithoutReason) return failed('incomplete', 'no finish reason');
      if (ending === 'broken') return failed('incomplete', 'the provider gave up');
      const usage = reply.usage(request);
      if (text.trim() === '' || usage === null) return failed('empty', `it ended as ${ending ?? 'complete'}`);
      return {
        ok: true,
        text,
        ending: ending ?? 'complete',
        usage,
        cacheWriteTokens,
        firstTokenMs: reply.firstTextMs,
      };
    },
    close: () => {
      const isWhole = stream.isOver && stream.failure === null && cut === null;
      deadlines?.clear();
      signal.removeEventListener('abort', onAbort);
      stream.end();
      if (!isWhole) abort.abort();
    },
  };
}
