import { costOf } from '../../models/cost.ts';
import type { CallRequest, ChatModel, ModelHandle } from '../../models/types.ts';
import { estimatePromptTokens } from '../../text/token-estimate.ts';

/** A call of a debate that waits for its answer. */
export interface ParkedCall {
  key: string;
  handle: ModelHandle;
  request: CallRequest;
  /** Jobs that left it unanswered. */
  tries: number;
  /** The job it is in; null for none yet. */
  job: number | null;
  /** What it is expected to use at most. */
  reserve: { usd: number; tokens: number };
  answered(model: ChatModel): void;
  refused(error: Error): void;
}

/** What a call would use if its reply were as long as it may be; 0 dollars where no price is known. */
export function reserveFor({ price }: ModelHandle, request: CallRequest): ParkedCall['reserve'] {
  const inputTokens = estimatePromptTokens(request.messages);
  const outputTokens = request.maxOutputTokens;
  const usage = { inputTokens, outputTokens, cachedTokens: 0, estimated: true };
  return { usd: costOf(usage, 0, price) ?? 0, tokens: inputTokens + outputTokens };
}

/** The calls, from the first, that what is left of a budget surely pays for. */
export function payable(
  calls: readonly ParkedCall[],
  { usd, tokens }: { usd: number | null; tokens: number | null },
): ParkedCall[] {
  let [leftUsd, leftTokens] = [usd ?? Number.POSITIVE_INFINITY, tokens ?? Number.POSITIVE_INFINITY];
  const paid: ParkedCall[] = [];
  for (const call of calls) {
    leftUsd -= call.reserve.usd;
    leftTokens -= call.reserve.tokens;
    if (leftUsd < 0 || leftTokens < 0) break;
    paid.push(call);
  }
  return paid;
}
