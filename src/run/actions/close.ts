import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { type Action, currentRound } from '../../debate/next.ts';
import { answerReply, draftReply, parseReply, proseOf } from '../../prompts/replies.ts';
import { type Call, endFor, makeJsonCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { answerIn, wordsFromSeat } from './from-seat.ts';

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
    text: reply.value?.text ?? proseOf(reply.text) ?? 'The closing statement could not be read.',
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
  if (context.seats?.signs(persona) && (yield* answeredFromSeat(call, debate, context))) return;
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

/** The answer of the person who holds the principal's seat; false where the seat is the model's again. */
async function* answeredFromSeat(
  { speaker, round, messages }: Call,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody, boolean> {
  const statement = { text: debate.statement?.text ?? '', reply: answerReply.format };
  const seated = { persona: speaker, round, turn: null, to: null, longest: null, messages, statement };
  const said = yield* wordsFromSeat({ ...seated, speechIn: answerAsWords }, debate, context);
  if (said.type !== 'words') return said.type === 'over';
  const { change, ...answer } = answerIn(said.text);
  const redraft = context.prompts.moderator['redraft'] ? { change } : {};
  yield {
    type: 'statement-answered',
    persona: speaker,
    ...answer,
    ...redraft,
    author: 'person',
    ...said.record,
  };
  return true;
}

/** A model's draft of an answer, as a person would write it. */
function answerAsWords(reply: string): string {
  const read = parseReply(answerReply, reply);
  if (!read.ok) return reply;
  const { answer: verb, reason, change } = read.value;
  return [`${verb}: ${reason}`, ...(change ? [`would sign: ${change}`] : [])].join('\n');
}

function principals(debate: Debate): number {
  return debate.started.cast.filter((member) => member.principal).length;
}
