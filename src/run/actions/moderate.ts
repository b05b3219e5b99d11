import type { CallRecord } from '../../debate/calls.ts';
import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { type Action, rankBids } from '../../debate/next.ts';
import { loopStart } from '../../grounding/repetition.ts';
import { bidReply, parseReply, pickReply } from '../../prompts/replies.ts';
import { type Call, endFor, gather, makeCall, unusedCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';

type Open = Extract<Action, { type: 'open' }>;
type Steer = Extract<Action, { type: 'steer' }>;

/** The moderator's opening: frames the dispute and puts the first question. */
export function open(action: Open, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  return moderatorTurn({ action, purpose: 'open', round: 0 }, 'opening', debate, context);
}

/** One short question to the coming round. */
export function steer(action: Steer, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  return moderatorTurn({ action, purpose: 'steer', round: action.round }, 'steering', debate, context);
}

async function* moderatorTurn(
  { action, ...when }: Pick<Call, 'purpose' | 'round'> & { action: Open | Steer },
  kind: 'opening' | 'steering',
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const turn = debate.turns.length + 1;
  const call: Call = {
    ...when,
    messages: promptOf(action, debate, context.prompts),
    speaker: moderatorId,
    role: moderatorId,
    maxOutputTokens: debate.settings.turnTokens,
    turn,
  };
  const reply = yield* makeCall(debate, call, context);
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const loop = loopStart(reply.text);
  yield {
    type: 'turn-ended',
    turn,
    round: call.round,
    speaker: moderatorId,
    kind,
    text: (loop === null ? reply.text : reply.text.slice(0, loop)).trim(),
    ...(loop === null ? {} : { raw: reply.text }),
    notes: '',
    ending: loop !== null && reply.ending === 'complete' ? 'repetition' : reply.ending,
    ...reply.record,
  };
}

type PickSpeaker = Extract<Action, { type: 'pick' }>;

/** Enough for a small JSON object. */
const shortReplyTokens = 200;

/** Finds out who speaks next where the order leaves it open. */
export function pick(action: PickSpeaker, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  return debate.settings.order === 'bidding'
    ? pickByBidding(action, debate, context)
    : pickByModerator(action, debate, context);
}

async function* pickByModerator(
  action: PickSpeaker,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { round, candidates } = action;
  const call: Call = {
    purpose: 'pick',
    speaker: moderatorId,
    role: moderatorId,
    round,
    messages: promptOf(action, debate, context.prompts),
    maxOutputTokens: shortReplyTokens,
    reply: pickReply.format,
    salt: candidates.length,
  };
  const reply = yield* makeCall(debate, call, context);
  if (!reply.ok) return yield* endFor(reply, call, debate);
  const read = parseReply(pickReply, reply.text);
  const chosen = read.ok ? candidates.find((candidate) => candidate === read.value.persona) : undefined;
  yield {
    type: 'speaker-picked',
    round,
    persona: chosen ?? (candidates[0] as string),
    by: 'moderator',
    asAsked: chosen !== undefined,
    bids: [],
    calls: [reply.record],
  };
}

async function* pickByBidding(
  action: PickSpeaker,
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const { round, candidates } = action;
  const asked = candidates.map(
    (persona): Call => ({
      purpose: 'bid',
      speaker: persona,
      role: persona,
      round,
      messages: promptOf({ type: 'bid', persona }, debate, context.prompts),
      maxOutputTokens: shortReplyTokens,
      reply: bidReply.format,
      salt: candidates.length,
    }),
  );
  const bids = await Promise.all(asked.map((call) => gather(makeCall(debate, call, context))));
  for (const { failedAttempts } of bids) yield* failedAttempts;
  if (bids.some(({ reply }) => !reply.ok)) {
    for (const [index, { reply }] of bids.entries())
      if (reply.ok) yield unusedCall(asked[index] as Call, reply.record);
  }
  const wishes = [];
  const calls: CallRecord[] = [];
  for (const [index, { reply }] of bids.entries()) {
    const call = asked[index] as Call;
    if (!reply.ok) return yield* endFor(reply, call, debate);
    const read = parseReply(bidReply, reply.text);
    wishes.push({ persona: call.speaker, wish: read.ok ? read.value.wish : null });
    calls.push(reply.record);
  }
  const ranked = rankBids(debate, wishes);
  yield {
    type: 'speaker-picked',
    round,
    persona: ranked[0]?.persona ?? (candidates[0] as string),
    by: 'bidding',
    asAsked: wishes.some(({ wish }) => wish !== null),
    bids: ranked,
    calls,
  };
}
