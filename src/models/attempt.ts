import type { CallFailure, Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/events.ts';
import { classifyFailure } from './call-failure.ts';
import { type Deadlines, startDeadlines, type Timeout } from './deadlines.ts';
import { Heard } from './heard.ts';
import { Incoming } from './incoming.ts';
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
  const incoming = new Incoming();
  const abort = new AbortController();
  const options = handle.callOptions(request);
  let heard = new Heard(now);
  let deadlines: Deadlines | null = null;
  /** Why it was cut from this side; some libraries then throw, others end the stream as if it were whole. */
  let cut: Timeout | 'aborted' | null = null;

  const cutShort = (why: Timeout | 'aborted') => {
    // What is whole stays whole, however long its listener takes over it.
    if (incoming.isOver) return;
    cut = why;
    incoming.end();
    abort.abort();
  };
  const onAbort = () => cutShort('aborted');

  const read = async () => {
    const model = await handle.chatModel(request, abort.signal);
    if (incoming.isOver) return;
    // Loading a provider's library is not the provider's time.
    heard = new Heard(now);
    deadlines = startDeadlines(policy, cutShort);
    for await (const chunk of await model.stream(request.messages, { ...options, signal: abort.signal })) {
      if (incoming.isOver) return;
      const words = heard.take(chunk);
      deadlines.alive(heard.hasToken);
      incoming.say(words);
    }
    incoming.say(heard.end());
    incoming.end();
  };

  const failed = (reason: CallFailure, detail = '', more: Partial<AttemptFailure> = {}): AttemptFailure => ({
    ok: false,
    reason,
    detail,
    status: null,
    retryAfterMs: null,
    usage: heard.usage(request),
    cacheWriteTokens: heard.cacheWriteTokens,
    ending: heard.ending === 'broken' ? null : heard.ending,
    hadText: heard.text !== '',
    wasReached: heard.hasChunk,
    options,
    ...more,
  });

  signal.addEventListener('abort', onAbort, { once: true });
  read().catch((error: unknown) => incoming.end({ error }));

  return {
    next: () => incoming.next(),
    outcome: (now) => {
      if (cut !== null) return failed(cut);
      if (incoming.failure !== null) {
        const { reason, detail, status, retryAfterMs } = classifyFailure(incoming.failure.error, now);
        const wasReached = heard.hasChunk || status !== null;
        return failed(reason, detail, { status, retryAfterMs, wasReached });
      }
      const { text, ending, cacheWriteTokens } = heard;
      if (ending === null) return failed('incomplete', 'no finish reason');
      if (ending === 'broken') return failed('incomplete', 'the provider gave up');
      const usage = heard.usage(request);
      if (text.trim() === '' || usage === null) return failed('empty', `it ended as ${ending}`);
      return { ok: true, text, ending, usage, cacheWriteTokens, firstTokenMs: heard.firstTextMs };
    },
    close: () => {
      const isWhole = incoming.isOver && incoming.failure === null && cut === null;
      deadlines?.clear();
      signal.removeEventListener('abort', onAbort);
      incoming.end();
      if (!isWhole) abort.abort();
    },
  };
}
