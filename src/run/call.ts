import type { CallFailure, CallRecord, ChatMessage, Purpose, ReplyFormat } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import type { BodyOf, Ending } from '../debate/events.ts';
import { judgeNumber } from '../debate/judges.ts';
import type { CallNumber } from '../debate/notices.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import { callModel } from '../models/call-model.ts';
import { redactorOf } from '../models/redact.ts';
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
