import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { type Action, currentRound } from '../../debate/next.ts';
import { answerReply, draftReply, parseReply } from '../../prompts/replies.ts';
import type { Call } from '../call.ts';
import { makeJsonCall } from '../call-in-json.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { endFor } from './failing.ts';

type Draft = Extract<Action, { type: 'draft' }>;
type Answer = Extract<Action, { type: 'answer' }>;

/** A statement covers every issue, so it may be longer than a turn. */
const statementTokens = 1600;

/** The moderator's closing statement of what is agreed and what is not; the second one where the first was refused. */
export async function* draft(action: Draft, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const call: Call = {
    purpose: 'draft',
    speaker: moderatorId,
    role: moderatorId,
    round: currentRound(debate),
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: statementTokens,
    reply: draftReply.format,
  };
  context.notify({ type: 'working', purpose: 'draft', done: 0, of: 1 });
  const reply = yield* makeJsonCall(debate, call, context, (text) => parseReply(draftReply, text));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const known = new Set(debate.started.agenda.map((issue) => issue.id));
  const items = reply.value?.items.filter((item) => known.has(item.issue)) ?? [];
  yield {
    type: 'statement-drafted',
    text: reply.value?.text ?? reply.text.trim(),
    items,
    ...(debate.statement ? { draft: 2 as const } : {}),
    ...reply.record,
  };
}

/** A principal signs the statement or refuses it, with its reason. An answer that cannot be read is no signature. */
export async function* answer(
  action: Answer,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { persona } = action;
  const call: Call = {
    purpose: 'answer',
    speaker: persona,
    role: persona,
    round: currentRound(debate),
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: debate.settings.turnTokens,
    reply: answerReply.format,
  };
  context.notify({ type: 'working', purpose: 'answer', done: debate.answers.length, of: principals(debate) });
  const reply = yield* makeJsonCall(debate, call, context, (text) => parseReply(answerReply, text));
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const unread = 'The answer could not be read; this counts as not signing.';
  const isRefused = reply.value?.answer === 'refuse';
  const words = reply.value?.change?.trim();
  // Prompts kept from before redrafts neither ask for the change nor could use it.
  const change = context.prompts.moderator['redraft'] ? (isRefused && words ? words : null) : undefined;
  yield {
    type: 'statement-answered',
    persona,
    answer: reply.value?.answer === 'sign' ? 'signed' : 'refused',
    reason: reply.value?.reason ?? unread,
    ...(change === undefined ? {} : { change }),
    ...reply.record,
  };
}

function principals(debate: Debate): number {
  return debate.started.cast.filter((member) => member.principal).length;
}
