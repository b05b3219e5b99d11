import type { z } from 'zod';
import type { CallRecord, ChatMessage } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import { costOf } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import { type Drafting, renderRedrafting } from '../prompts/drafting.ts';
import { parseReply, type ReplyKind } from '../prompts/replies.ts';
import { estimatePromptTokens } from '../text/token-estimate.ts';
import { type Budget, checkBudget, usedBy } from './budget.ts';
import type { Estimate } from './estimate.ts';
import { callOnce } from './single-call.ts';

/** Who drafts, and by which clock and chance it is retried. */
export interface Drafter<Stop extends string = never> {
  model: ModelHandle;
  clock: Clock;
  random: Random;
  signal?: AbortSignal;
  /** Asked before each draft; a failure ends the drafting. */
  mayAsk?(state: {
    messages: readonly ChatMessage[];
    records: readonly CallRecord[];
    faults: readonly string[];
  }): Outcome<null, Stop>;
}

/** What one draft is likely to take; repairs come on top of it. */
export function draftTakes(
  { price }: ModelHandle,
  messages: readonly ChatMessage[],
  outputTokens: number,
): Estimate {
  const inputTokens = estimatePromptTokens(messages);
  const usage = { inputTokens, outputTokens, cachedTokens: 0, estimated: true };
  return { calls: 1, inputTokens, outputTokens, costUsd: costOf(usage, 0, price) };
}

/** Lets a draft be asked for as long as the budget carries one of so many tokens. */
export function withinBudget(
  budget: Budget,
  model: ModelHandle,
  outputTokens: number,
): NonNullable<Drafter<'budget' | 'no-price'>['mayAsk']> {
  return ({ messages, records, faults }) => {
    const may = checkBudget(budget, draftTakes(model, messages, outputTokens), usedBy(records));
    if (may.ok) return may;
    const left = faults.length > 0 ? ` The last draft has ${faults.length} faults, first ${faults[0]}` : '';
    return failure(may.failure.reason, `${may.failure.message}${left} Nothing was written.`);
  };
}

/** A draft that the check found in order. */
export interface CheckedDraft<Draft, Made> {
  draft: Draft;
  /** What the check made of it. */
  made: Made;
  /** What the check found in earlier drafts, and the model repaired. */
  repaired: string[];
  records: CallRecord[];
}

/** How often a draft may be given, the first included. */
const mostDrafts = 3;
const mostTokens = 16_000;

/** Has a model draft something and repair what `check` finds, until nothing is found. */
export async function checkedDraft<Schema extends z.ZodType, Made, Stop extends string = never>(
  asked: {
    messages: ChatMessage[];
    prompts: Drafting;
    reply: ReplyKind<Schema>;
    check(draft: z.infer<Schema>): { made: Made; faults: string[] };
  },
  drafter: Drafter<Stop>,
): Promise<Outcome<CheckedDraft<z.infer<Schema>, Made>, 'call-failed' | 'faults' | Stop>> {
  const { prompts, reply: kind, check } = asked;
  const records: CallRecord[] = [];
  const repaired: string[] = [];
  let { messages } = asked;
  let faults: string[] = [];
  for (let draft = 1; draft <= mostDrafts; draft++) {
    const may = drafter.mayAsk?.({ messages, records, faults });
    if (may?.ok === false) return may;
    const reply = await answerTo(messages, kind, draft, drafter);
    if (!reply.ok) return reply;
    records.push(reply.value.record);
    const read = parseReply(kind, reply.value.text);
    if (read.ok) {
      const checked = check(read.value);
      if (checked.faults.length === 0)
        return success({ draft: read.value, made: checked.made, repaired, records });
      faults = checked.faults;
    } else faults = [read.failure.message];
    repaired.push(...faults);
    messages = renderRedrafting(prompts, messages, reply.value.text, faults);
  }
  return failure(
    'faults',
    `${drafter.model.spec} gave ${mostDrafts} drafts, and the last still has ${faults.length} faults, first ${faults[0]}. Nothing was written. Try again, or another model.`,
  );
}

async function answerTo(
  messages: ChatMessage[],
  kind: ReplyKind<z.ZodType>,
  draft: number,
  { signal = new AbortController().signal, model, clock, random }: Omit<Drafter, 'mayAsk'>,
): Promise<Outcome<{ text: string; record: CallRecord }, 'call-failed'>> {
  const asked = { messages, maxOutputTokens: mostTokens, temperature: null, seed: draft };
  const reply = await callOnce({ ...asked, reply: kind.format }, { model, clock, random, signal });
  return reply.ok ? reply : failure('call-failed', reply.failure.message);
}
