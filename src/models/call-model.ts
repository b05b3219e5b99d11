import { createHash, hash } from 'node:crypto';
import { type CallRecord, type ChatMessage, messageJson } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import type { Random } from '../debate/seeded-random.ts';
import { duration } from '../text/figures.ts';
import { rememberingFor } from '../text/memo.ts';
import { estimateTokens } from '../text/token-estimate.ts';
import { type AttemptFailure, type AttemptSuccess, startAttempt } from './attempt.ts';
import { failureMessage } from './failure-message.ts';
import { habitsOf } from './habits.ts';
import { costOf } from './prices.ts';
import { isPassing, retryWait } from './retry.ts';
import type { CallPart, CallPolicy, CallRequest, KeptReply, ModelHandle } from './types.ts';

const minute = 60_000;

/** Where neither the call nor its model says otherwise. Reasoning models think for minutes before their first word. */
export const defaultPolicy: CallPolicy = {
  attempts: 4,
  firstTokenMs: 3 * minute,
  idleMs: minute,
  totalMs: 15 * minute,
  longestWaitMs: 10 * minute,
  loadingMs: 10 * minute,
};

export interface CallContext {
  /** Ends the call and closes its connection. */
  signal: AbortSignal;
  clock: Clock;
  /** Chance for the jitter of waits. */
  random: Random;
  policy?: Partial<CallPolicy>;
}

/** A reply that was cut short after mostly thoughts is asked for again, with more room. */
const mostThought = 0.5;

/**
 * The one way in which parley calls a model: deadlines, attempts, waits, and what every outcome is called.
 * Ending the iteration ends the call.
 */
export async function* callModel(
  handle: ModelHandle,
  request: CallRequest,
  context: CallContext,
): AsyncGenerator<CallPart, void> {
  const { signal, clock, random } = context;
  const policy = { ...defaultPolicy, ...handle.policy, ...context.policy };
  const startedAt = clock.now();
  const kept = signal.aborted ? null : ((await handle.kept?.recall(request)) ?? null);
  if (kept !== null && !signal.aborted) {
    yield { type: 'delta', text: kept.text };
    yield {
      type: 'finished',
      text: kept.text,
      ending: kept.ending,
      record: keptRecord(handle, request, kept),
    };
    return;
  }

  const habits = habitsOf(handle);
  let promptHash: Promise<string> | null = null;
  /** Was the model given more room because it only thought? */
  let hadMoreRoom = false;
  let waitedForLoadingMs = 0;
  for (let attempt = 1; ; ) {
    if (signal.aborted) {
      yield stopped(handle, policy, attempt - 1);
      return;
    }
    const { endsUnexplained } = habits;
    const running = startAttempt(handle, request, policy, signal, () => clock.now());
    promptHash ??= hashedLater(request);
    let isVoid = false;
    try {
      for (let text = await running.next(); text !== null; text = await running.next()) {
        if (running.hasLeaked && !isVoid) {
          isVoid = true;
          yield { type: 'void' };
        }
        yield { type: 'delta', text };
      }
    } finally {
      running.close();
    }
    const outcome = running.outcome(clock.now());
    if (habits.endsUnexplained && !endsUnexplained) {
      yield { type: 'noted', message: `${handle.spec}: ${unexplained}` };
    }
    const crowded = !hadMoreRoom && outcome.ok ? crowdedOut(outcome, request) : null;
    const givesMoreRoom = crowded !== null && (handle.adapt?.(crowded) ?? false);
    const result = crowded !== null && givesMoreRoom ? crowded : outcome;
    if (result.ok) {
      const record = {
        model: handle.spec,
        attempts: attempt,
        usage: result.usage,
        costUsd: costOf(result.usage, result.cacheWriteTokens, handle.price),
        timing: { firstTokenMs: result.firstTokenMs, totalMs: Math.max(0, clock.now() - startedAt) },
        promptHash: await promptHash,
      };
      const { text, ending, usage } = result;
      await handle.kept?.keep(request, { text, ending, usage });
      const thoughts = result.thoughts === '' ? {} : { thoughts: result.thoughts };
      yield { type: 'finished', text, ending, record, ...thoughts };
      return;
    }

    if (result.wasReached) habits.hasAnswered = true;
    const isAskedDifferently = givesMoreRoom || (handle.adapt?.(result) ?? false);
    // Asking anew without what the server does not take is no failed attempt: nothing was answered, nothing charged.
    if (isAskedDifferently && result.usage === null) continue;
    const loadingMs = result.usage === null ? loadingWait(result, waitedForLoadingMs, policy) : null;
    if (loadingMs !== null) {
      const message = `${failureMessage(handle, result, policy)} ${loadingWords(policy)}`;
      yield { type: 'waiting', reason: result.reason, message, milliseconds: loadingMs };
      await clock.sleep(loadingMs, signal);
      waitedForLoadingMs += loadingMs;
      continue;
    }

    const { reason, usage, hadText } = result;
    const isThoughtOnly = reason === 'empty' && result.hadThoughts;
    // Asked the same again, it would think the same again, at the same price.
    const isHopeless = isThoughtOnly && (!isAskedDifferently || (hadMoreRoom && result.ending !== 'length'));
    if (isThoughtOnly) hadMoreRoom = true;
    const message = failureMessage(handle, result, policy);
    const retryInMs = isHopeless ? null : nextAttemptIn(handle, result, attempt, policy, random);
    const costUsd = usage === null ? null : costOf(usage, result.cacheWriteTokens, handle.price);
    yield { type: 'attempt-failed', attempt, reason, message, retryInMs, usage, costUsd, hadText };
    if (retryInMs === null) {
      yield { type: 'failed', reason, message, attempts: attempt };
      return;
    }
    await clock.sleep(retryInMs, signal);
    attempt++;
  }
}

/** A reply that was cut short because thoughts took most of its room, as a failed attempt; null for any other. */
function crowdedOut(reply: AttemptSuccess, { maxOutputTokens }: CallRequest): AttemptFailure | null {
  const { ending, text, thoughtShare, usage, cacheWriteTokens, options } = reply;
  if (ending !== 'length' || thoughtShare < mostThought) return null;
  // Words enough for the reply that was asked for were not crowded out.
  if (estimateTokens(text) >= maxOutputTokens * 0.8) return null;
  return {
    ok: false,
    reason: 'empty',
    detail: `thoughts took ${Math.round(100 * thoughtShare)}% of it, and it was cut short`,
    status: null,
    retryAfterMs: null,
    usage,
    cacheWriteTokens,
    ending,
    hadText: true,
    hadThoughts: true,
    hadSystem: false,
    wasReached: true,
    options,
  };
}

const unexplained =
  'its server gives no reason why a reply ends; one that it marks as whole is taken as whole, one that is cut is not.';

const loadingWords = (policy: CallPolicy) =>
  `The model is being loaded; parley waits up to ${duration(policy.loadingMs)} for it.`;

/** Milliseconds until a server that is still loading its model is asked again; null where it is not, or takes too long. */
function loadingWait(
  { reason, detail, retryAfterMs }: AttemptFailure,
  waitedMs: number,
  { loadingMs }: CallPolicy,
): number | null {
  if (reason !== 'overloaded' || !/\b(re)?load(ing|ed)?\b|warm(ing)? up|starting|initiali[sz]/i.test(detail))
    return null;
  if (waitedMs >= loadingMs) return null;
  return Math.min(retryAfterMs ?? Math.max(2_000, waitedMs / 4), 15_000, loadingMs - waitedMs);
}

function keptRecord(handle: ModelHandle, request: CallRequest, { usage }: KeptReply): CallRecord {
  return {
    model: handle.spec,
    attempts: 1,
    usage: { ...usage, cachedTokens: usage.inputTokens },
    costUsd: 0,
    timing: { firstTokenMs: null, totalMs: 0 },
    promptHash: hashOf(request),
    fromCache: true,
  };
}

/** Once the request is out: the model has it then, and we have time. */
function hashedLater(request: CallRequest): Promise<string> {
  return new Promise((resolve) => setImmediate(() => resolve(hashOf(request))));
}

/** A prompt begins with the article and the agenda, which a speaker is sent again with each call: they are gone through once. */
function hashOf({ messages: [first, ...rest] }: CallRequest): string {
  if (first === undefined) return hash('sha256', '[]');
  const others = rest.map((message) => `,${messageJson(message)}`).join('');
  return hashFrom(first).copy().update(`${others}]`).digest('hex');
}

const hashFrom = rememberingFor((first: ChatMessage) =>
  createHash('sha256').update(`[${messageJson(first)}`),
);

/** Milliseconds to wait; null where another attempt is of no use. */
function nextAttemptIn(
  handle: ModelHandle,
  { reason, retryAfterMs }: AttemptFailure,
  attempt: number,
  policy: CallPolicy,
  random: Random,
): number | null {
  if (attempt >= policy.attempts || !isPassing(reason)) return null;
  if (reason === 'unreachable' && !habitsOf(handle).hasAnswered) return null;
  if (retryAfterMs !== null && retryAfterMs > policy.longestWaitMs) return null;
  return retryWait(attempt, retryAfterMs, random);
}

function stopped(handle: ModelHandle, policy: CallPolicy, attempts: number): CallPart {
  const facts = { reason: 'aborted', detail: '', status: null, retryAfterMs: null } as const;
  return { type: 'failed', reason: 'aborted', message: failureMessage(handle, facts, policy), attempts };
}
