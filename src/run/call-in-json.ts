import type { CallRecord } from '../debate/calls.ts';
import type { Outcome } from '../debate/outcome.ts';
import { renderRepair } from '../prompts/render-moderator.ts';
import { type Call, type CallOrigin, type FailedAttempt, makeCall, type Reply, unusedCall } from './call.ts';
import type { RunContext } from './context.ts';

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
  const mended = read(second.text);
  return {
    ...second,
    record: together(first.record, second.record),
    value: mended.ok ? mended.value : null,
    wasRepaired: mended.ok,
    faults: mended.ok ? faults : mended.failure.message,
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
