import type { CallFailure, Usage } from '../debate/calls.ts';
import type { Ending } from '../debate/speech-events.ts';
import { classifyFailure } from './call-failure.ts';
import { habitsOf, learnHabits, mayBeUnclosedThought, showsWordsAsTheyCome } from './habits.ts';
import { limitIn } from './providers/learned-options.ts';
import { ReplySoFar } from './reply-so-far.ts';
import { type Deadlines, ReplyStream, startDeadlines, type Timeout } from './reply-stream.ts';
import type { CallPolicy, CallRequest, ModelHandle } from './types.ts';

/**
 * Calls under way at one server. A server with a single slot answers one call after the other and leaves the rest
 * without a word meanwhile: as long as it answers any of them, the others have not begun to wait.
 */
class ServerQueue {
  /** The last sign of life of any call, by `performance.now()`. */
  aliveAt = 0;

  /** A call has reached the server. Gives what to do at each of its signs of life, and at its end. */
  enter(): { alive(hasToken: boolean): void; leave(): void } {
    let hadToken = false;
    return {
      alive: (hasToken) => {
        hadToken ||= hasToken;
        this.aliveAt = performance.now();
      },
      leave: () => {
        if (hadToken) this.aliveAt = performance.now();
      },
    };
  }
}

/** How long a stream whose connection was closed after its end may take to hand over the rest. */
const handOverMs = 100;

const queues = new Map<string, ServerQueue>();

/** The calls under way at an address. */
function queueAt(address: string): ServerQueue {
  const known = queues.get(address) ?? new ServerQueue();
  queues.set(address, known);
  return known;
}

export interface AttemptSuccess {
  ok: true;
  text: string;
  ending: Ending;
  usage: Usage;
  cacheWriteTokens: number;
  firstTokenMs: number | null;
  /** Share of what came that was thought, 0..1. */
  thoughtShare: number;
  /** The thoughts of the reply, to be kept apart or dropped. */
  thoughts: string;
  /** The call options that were sent. */
  options: Record<string, unknown>;
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
  /** Did the model think where it can be seen? */
  hadThoughts: boolean;
  /** Did the request hold a system message? */
  hadSystem: boolean;
  /** Did the server answer at all, be it with a refusal? */
  wasReached: boolean;
  /** The call options that were sent. */
  options: Record<string, unknown>;
}

/** One attempt of a call. */
export interface Attempt {
  /** The next words; null when it is over. Never rejects for what a provider does. */
  next(): Promise<string | null>;
  /** Words that were handed over turned out to be thoughts; only what comes from now on is speech. */
  readonly hasLeaked: boolean;
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
  const messages = handle.messagesFor?.(request.messages) ?? request.messages;
  const hadSystem = messages.some(({ role }) => role === 'system');
  const habits = habitsOf(handle);
  const howShown = { isLive: showsWordsAsTheyCome(handle), isSpeech: request.isSpeech ?? false };
  let reply = new ReplySoFar(now, howShown);
  let deadlines: Deadlines | null = null;
  let place: ReturnType<ServerQueue['enter']> | null = null;
  /** Why it was cut from this side; some libraries then throw, others end the stream as if it were whole. */
  let cut: Timeout | 'aborted' | null = null;
  /** It sent more than any reply to this request could hold. */
  let isFlood = false;

  const cutShort = (why: Timeout | 'aborted') => {
    // What is whole stays whole, however long its listener takes over it.
    if (stream.isOver) return;
    if (why !== 'aborted' && reply.saidEnd !== 'nothing') {
      // A stream that is left open after its end: what is there of it is handed over once its connection is closed.
      setTimeout(finish, handOverMs);
    } else {
      cut = why;
      stream.end();
    }
    abort.abort();
  };
  const finish = () => {
    if (stream.isOver) return;
    // What is held back of a reply that is not whole may be a thought.
    const rest = reply.end();
    if (endedAs() !== null && !isUnclosed()) stream.say(rest);
    stream.end();
  };
  const onAbort = () => cutShort('aborted');

  const read = async () => {
    const model = await handle.chatModel(request, abort.signal);
    if (stream.isOver) return;
    // Loading a provider's library is not the provider's time.
    reply = new ReplySoFar(now, howShown);
    const queue = handle.mayQueue && handle.address ? queueAt(handle.address) : null;
    deadlines = startDeadlines(policy, cutShort, () => queue?.aliveAt ?? 0);
    place = queue?.enter() ?? null;
    for await (const chunk of await model.stream(messages, { ...options, signal: abort.signal })) {
      if (stream.isOver) return;
      const words = reply.take(chunk);
      deadlines.alive(reply.hasToken, reply.saidEnd);
      place?.alive(reply.hasToken);
      if (reply.thoughts.hasLeaked) stream.forget();
      stream.say(words);
      isFlood = reply.exceeds(request.maxOutputTokens);
      if (isFlood || reply.isLooping) {
        // Before the reader leaves: one who leaves without an abort has the rest read away to keep the connection.
        abort.abort();
        break;
      }
    }
    finish();
  };

  /** How a stream that is over ended; null where it is not whole. */
  const endedAs = (): Ending | null => {
    const { ending, isMarkedWhole } = reply;
    if (ending === 'broken') return null;
    if (isFlood) return 'length';
    if (reply.isLooping) return 'repetition';
    if (ending !== null) return ending;
    if (handle.endsWithoutReason) return 'complete';
    // A server that gives reasons would have given one.
    if (!isMarkedWhole || (habits.givesReasons && !habits.endsUnexplained)) return null;
    const limit = Math.max(limitIn(options), request.maxOutputTokens);
    return (reply.usage(request)?.outputTokens ?? 0) >= limit ? 'length' : 'complete';
  };

  const isUnclosed = () => endedAs() === 'length' && mayBeUnclosedThought(handle, reply);

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
    hadThoughts: reply.hasThoughts,
    hadSystem,
    wasReached: reply.hasChunk,
    options,
    ...more,
  });

  signal.addEventListener('abort', onAbort, { once: true });
  read().catch((error: unknown) => {
    if (reply.saidEnd === 'nothing') stream.end({ error });
    else finish();
  });

  return {
    next: () => stream.next(),
    get hasLeaked() {
      return reply.thoughts.hasLeaked;
    },
    outcome: (now) => {
      if (cut !== null) return failed(cut);
      if (stream.failure !== null) {
        const { error } = stream.failure;
        const usual = classifyFailure(error, now);
        const { reason: told, detail, status, retryAfterMs } = { ...usual, ...handle.classify?.(error) };
        // A request that was being answered was a good one.
        const reason = told === 'bad-request' && status === null && reply.hasToken ? 'server-error' : told;
        const wasReached = reply.hasChunk || status !== null;
        return failed(reason, detail, { status, retryAfterMs, wasReached });
      }
      const ending = endedAs();
      if (ending === null) {
        return failed('incomplete', reply.ending === null ? 'no finish reason' : 'the provider gave up');
      }
      learnHabits(habits, reply, request, ending);
      const usage = reply.usage(request);
      if (isUnclosed() || reply.text.trim() === '' || usage === null) {
        const detail = isFlood
          ? 'it sent far more than was asked for'
          : reply.callsTool
            ? 'it asked for a tool, and there is none'
            : `it ended as ${ending}`;
        return failed(
          'empty',
          detail,
          isUnclosed() ? { ending, hadText: false, hadThoughts: true } : { ending },
        );
      }
      return {
        ok: true,
        text: isFlood ? reply.textUpTo(request.maxOutputTokens) : reply.text,
        ending,
        usage,
        cacheWriteTokens: reply.cacheWriteTokens,
        firstTokenMs: reply.firstTextMs,
        thoughtShare: reply.thoughtShare,
        thoughts: reply.thoughtText,
        options,
      };
    },
    close: () => {
      const isWhole =
        stream.isOver && stream.failure === null && cut === null && !isFlood && !reply.isLooping;
      deadlines?.clear();
      place?.leave();
      signal.removeEventListener('abort', onAbort);
      stream.end();
      if (!isWhole) abort.abort();
    },
  };
}
