import type { CallFailure, Ending, Usage } from '../debate/events.ts';
import { classifyFailure } from './call-failure.ts';
import { type Deadlines, startDeadlines, type Timeout } from './deadlines.ts';
import { Heard } from './heard.ts';
import { Interruptible } from './interruptible.ts';
import type { CallPolicy, CallRequest, ChatChunk, ModelHandle } from './types.ts';

export interface Delta {
  type: 'delta';
  text: string;
}

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

/** One attempt: streams the words as they come, and returns how it went. Never throws for what a provider does. */
export async function* attemptCall(
  handle: ModelHandle,
  request: CallRequest,
  policy: CallPolicy,
  signal: AbortSignal,
  now: () => number,
): AsyncGenerator<Delta, AttemptSuccess | AttemptFailure> {
  const abort = new AbortController();
  const onAbort = () => abort.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) abort.abort();
  const interruptible = new Interruptible(abort.signal);
  let timeout: Timeout | null = null;
  let deadlines: Deadlines | null = null;
  const options = handle.callOptions(request);
  let heard = new Heard();
  let iterator: AsyncIterator<ChatChunk> | null = null;

  const failed = (reason: CallFailure, detail = '', more: Partial<AttemptFailure> = {}): AttemptFailure => ({
    ok: false,
    reason,
    detail,
    retryAfterMs: null,
    usage: heard.usage(request),
    cacheWriteTokens: heard.cacheWriteTokens,
    ending: heard.ending === 'broken' ? null : heard.ending,
    hadText: heard.text !== '',
    wasReached: heard.hasChunk,
    options,
    ...more,
  });
  /** Why the stream was cut from this side; some libraries then throw, others end it as if it were whole. */
  const cut = (): CallFailure | null => (signal.aborted ? 'aborted' : timeout);

  try {
    const model = await interruptible.wait(handle.chatModel());
    // Loading a provider's library is not the provider's time.
    heard = new Heard();
    deadlines = startDeadlines(policy, (kind) => {
      timeout = kind;
      abort.abort();
    });
    const sent = { ...options, signal: abort.signal };
    const stream = await interruptible.wait(model.stream(request.messages, sent));
    iterator = stream[Symbol.asyncIterator]();
    while (true) {
      const step = await interruptible.wait(iterator.next());
      if (step.done) break;
      const text = heard.take(step.value);
      deadlines.alive(heard.hasToken);
      if (text !== '') yield { type: 'delta', text };
    }
    iterator = null;
    const reason = cut();
    if (reason !== null) return failed(reason);
    const rest = heard.end();
    if (rest !== '') yield { type: 'delta', text: rest };
    const { text, ending, cacheWriteTokens } = heard;
    if (ending === null) return failed('incomplete', 'no finish reason');
    if (ending === 'broken') return failed('incomplete', 'the provider gave up');
    const usage = heard.usage(request);
    if (text.trim() === '' || usage === null) return failed('empty', `it ended as ${ending}`);
    return { ok: true, text, ending, usage, cacheWriteTokens, firstTokenMs: heard.firstTextMs };
  } catch (error) {
    const reason = cut();
    if (reason !== null) return failed(reason);
    const { status, ...why } = classifyFailure(error, now());
    const wasReached = heard.hasChunk || status !== null;
    return failed(why.reason, why.detail, { retryAfterMs: why.retryAfterMs, wasReached });
  } finally {
    deadlines?.clear();
    signal.removeEventListener('abort', onAbort);
    interruptible.release();
    if (iterator !== null) {
      // Left early, by an abort, a failure, or a listener who went away: this closes the connection.
      abort.abort();
      iterator.return?.().catch(() => {});
    }
  }
}
