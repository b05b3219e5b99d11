import type { CallRecord } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import { callModel } from '../models/call-model.ts';
import type { CallRequest, ModelHandle } from '../models/types.ts';

export interface SingleCallContext {
  model: ModelHandle;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
}

export interface SingleReply {
  text: string;
  record: CallRecord;
  /** US dollars of attempts that failed before it. */
  failedUsd: number;
}

/** One call that belongs to no debate: its reply whole, or why there is none. */
export async function callOnce(
  request: CallRequest,
  { model, clock, random, signal }: SingleCallContext,
): Promise<Outcome<SingleReply, 'call-failed' | 'stopped'>> {
  let failedUsd = 0;
  for await (const part of callModel(model, request, { signal, clock, random })) {
    if (part.type === 'attempt-failed') failedUsd += part.costUsd ?? 0;
    if (part.type === 'finished') return success({ text: part.text, record: part.record, failedUsd });
    if (part.type === 'failed') return failure(signal.aborted ? 'stopped' : 'call-failed', part.message);
  }
  return failure('stopped', `${model.spec} was stopped before it answered.`);
}
