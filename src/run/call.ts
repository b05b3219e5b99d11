import type { CallFailure, CallRecord, ChatMessage, Purpose, ReplyFormat } from '../debate/calls.ts';
import { type Debate, nameOf } from '../debate/debate.ts';
import type { BodyOf } from '../debate/events.ts';
import { judgeNumber } from '../debate/judges.ts';
import type { CallNumber } from '../debate/notices.ts';
import type { Outcome } from '../debate/outcome.ts';
import { doing } from '../debate/phrases.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import type { Ending } from '../debate/speech-events.ts';
import { callModel } from '../models/call-model.ts';
import { redactorOf } from '../models/redact.ts';
import { renderRepair } from '../prompts/render-moderator.ts';
import type { RunContext } from './context.ts';

export interface Call {
  purpose: Purpose;
  /** Who speaks: a persona's id, or `moderator`. */
  speaker: string;
  /** The role whose model answers. */
  role: string;
  round: number;
  messages: ChatMessage[];
  maxOutputTokens: number;
  reply?: ReplyFormat;
  /** Tells apart calls of the same purpose, speaker and round, so that each has its own seed. */
  salt?: string | number;
  /** Which of several calls that are made at once for the same purpose. */
  part?: CallNumber;
  /** The number the turn will get; undefined where the words are not for showing. */
  turn?: number | null;
}

export type Reply =
  | { ok: true; text: string; ending: Ending; record: CallRecord }
  | { ok: false; reason: CallFailure; message: string };

export type FailedAttempt = BodyOf<'attempt-failed'>;

/** What a call takes from what it belongs to; any debate fits. */
export interface CallOrigin {
  started: Pick<Debate['started'], 'seed'>;
  settings: Pick<Debate['settings'], 'temperature'>;
}

/** Makes one call: yields what must be journaled on the way, reports the rest as notices, returns the reply. */
export async function* makeCall(
  debate: CallOrigin,
  call: Call,
  context: Omit<RunContext, 'prompts'>,
): AsyncGenerator<FailedAttempt, Reply> {
  const { purpose, speaker, round, role } = call;
  const model = context.modelOf(role);
  const isShown = call.turn !== undefined;
  const seed = seededInteger(debate.started.seed, purpose, speaker, round, call.salt ?? '');
  const request = {
    messages: call.messages,
    maxOutputTokens: call.maxOutputTokens,
    temperature: debate.settings.temperature,
    seed,
    ...(call.reply ? { reply: call.reply } : {}),
    ...(isShown && !call.reply ? { isSpeech: true } : {}),
  };
  if (isShown) {
    const turn = call.turn ?? null;
    context.notify({ type: 'turn-started', purpose, speaker, round, turn, model: model.spec });
  }
  const which = call.part ? { part: call.part } : {};
  const waiting = { type: 'waiting', speaker, purpose, ...which } as const;
  const { signal, clock, jitter } = context;
  for await (const part of callModel(model, request, { signal, clock, random: jitter })) {
    switch (part.type) {
      case 'delta':
        if (isShown) context.notify({ type: 'turn-delta', speaker, text: part.text });
        break;
      case 'void':
        if (isShown) context.notify({ type: 'reply-dropped', speaker, reason: 'incomplete' });
        break;
      case 'waiting': {
        const { reason, message, milliseconds } = part;
        context.notify({ ...waiting, reason, message, milliseconds });
        break;
      }
      case 'noted':
        context.notify({ type: 'server-noted', model: model.spec, message: part.message });
        break;
      case 'attempt-failed': {
        const { attempt, reason, message, retryInMs, usage, costUsd } = part;
        if (isShown && part.hadText) context.notify({ type: 'reply-dropped', speaker, reason });
        yield {
          type: 'attempt-failed',
          purpose,
          speaker,
          round,
          attempt,
          reason,
          message,
          retryInMs,
          usage,
          costUsd,
        };
        if (retryInMs !== null) context.notify({ ...waiting, reason, message, milliseconds: retryInMs });
        break;
      }
      case 'finished':
        if (part.thoughts !== undefined && judgeNumber(role) === null) {
          const text = (model.redact ?? redactorOf([]))(part.thoughts);
          const kept = { v: 1, turn: call.turn ?? null, round, role, call: purpose, text } as const;
          await context.keepThought?.({ ...kept, model: model.spec });
        }
        return { ok: true, text: part.text, ending: part.ending, record: part.record };
      case 'failed':
        return { ok: false, reason: part.reason, message: part.message };
    }
  }
  throw new Error('a call ended with neither a reply nor a failure');
}

/**
 * A call that was paid for and of no use, since another that it belonged with failed for good: journaled as a failed
 * attempt, so that its tokens and its cost are counted.
 */
export function unusedCall(
  { purpose, speaker, round }: Pick<Call, 'purpose' | 'speaker' | 'round'>,
  { attempts, usage, costUsd, model }: CallRecord,
): FailedAttempt {
  return {
    type: 'attempt-failed',
    purpose,
    speaker,
    round,
    attempt: attempts,
    reason: 'aborted',
    message: `${model}: the reply was whole, and is not used because another call that it belonged with failed.`,
    retryInMs: null,
    usage,
    costUsd,
  };
}

/** Runs a call to its end beside others, gathering what must be journaled. */
export async function gather<Result>(
  calls: AsyncGenerator<FailedAttempt, Result>,
): Promise<{ failedAttempts: FailedAttempt[]; reply: Result }> {
  const failedAttempts: FailedAttempt[] = [];
  while (true) {
    const step = await calls.next();
    if (step.done) return { failedAttempts, reply: step.value };
    failedAttempts.push(step.value);
  }
}

/** What a JSON call needs from outside: of the prompts, only how to ask for a repair. */
export type JsonContext = Omit<RunContext, 'prompts'> & { prompts: Pick<RunContext['prompts'], 'moderator'> };

/** `value` is null where the reply was no such JSON, not even after the one repair. */
export type JsonReply<Value> =
  | { ok: true; value: Value | null; text: string; wasRepaired: boolean; faults: string; record: CallRecord }
  | Extract<Reply, { ok: false }>;

/** Makes a call whose reply must be read by `read`; a reply that cannot gets one repair prompt, no more. */
export async function* makeJsonCall<Value>(
  debate: CallOrigin,
  call: Call,
  context: JsonContext,
  read: (text: string) => Outcome<Value>,
): AsyncGenerator<FailedAttempt, JsonReply<Value>> {
  const first = yield* makeCall(debate, call, context);
  if (!first.ok) return first;
  const outcome = read(first.text);
  if (outcome.ok) return { ...first, value: outcome.value, wasRepaired: false, faults: '' };

  const faults = outcome.failure.message;
  const messages = renderRepair(call.messages, first.text, [faults], context.prompts);
  const salt = `${call.salt ?? ''} repair`;
  const second = yield* makeCall(debate, { ...call, messages, salt }, context);
  if (!second.ok) {
    yield unusedCall(call, first.record);
    return second;
  }
  const repaired = read(second.text);
  return {
    ...second,
    record: together(first.record, second.record),
    value: repaired.ok ? repaired.value : null,
    wasRepaired: repaired.ok,
    faults: repaired.ok ? faults : repaired.failure.message,
  };
}

/** Two calls as one record: what both used, and the prompt of the first. */
function together(first: CallRecord, second: CallRecord): CallRecord {
  const costs = [first.costUsd, second.costUsd];
  const written = (first.usage.cacheWriteTokens ?? 0) + (second.usage.cacheWriteTokens ?? 0);
  return {
    model: second.model,
    attempts: first.attempts + second.attempts,
    usage: {
      inputTokens: first.usage.inputTokens + second.usage.inputTokens,
      outputTokens: first.usage.outputTokens + second.usage.outputTokens,
      cachedTokens: first.usage.cachedTokens + second.usage.cachedTokens,
      ...(written === 0 ? {} : { cacheWriteTokens: written }),
      estimated: first.usage.estimated || second.usage.estimated,
    },
    costUsd: costs.includes(null) ? null : (first.costUsd ?? 0) + (second.costUsd ?? 0),
    timing: {
      firstTokenMs: first.timing.firstTokenMs,
      totalMs: first.timing.totalMs + second.timing.totalMs,
    },
    promptHash: first.promptHash,
    ...(first.fromCache && second.fromCache ? { fromCache: true as const } : {}),
  };
}

/** The end of a debate whose call failed for good; nothing for a call that a person stopped. */
export function* endFor(
  failed: { reason: CallFailure; message: string },
  call: Pick<Call, 'purpose' | 'speaker' | 'round'>,
  debate: Debate,
): Generator<BodyOf<'debate-ended'>> {
  if (failed.reason === 'aborted') return;
  const who = nameOf(debate, call.speaker);
  const where = call.round > 0 ? ` in round ${call.round}` : '';
  yield {
    type: 'debate-ended',
    reason: 'failed',
    detail: `${who} failed while ${doing[call.purpose]}${where}: ${failed.message}`,
  };
}
