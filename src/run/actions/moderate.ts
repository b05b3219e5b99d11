import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import { renderOpening, renderSteering } from '../../prompts/render-moderator.ts';
import type { RunContext } from '../context.ts';
import { type Conversation, converse } from '../converse.ts';
import { endFor } from './failing.ts';

/** The moderator's opening: frames the dispute and puts the first question. */
export function open(debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const messages = renderOpening(context.prompts, debate);
  return moderatorTurn({ purpose: 'open', round: 0, messages }, 'opening', debate, context);
}

/** One short question to the coming round. */
export function steer(round: number, debate: Debate, context: RunContext): AsyncGenerator<EventBody> {
  const messages = renderSteering(context.prompts, debate);
  return moderatorTurn({ purpose: 'steer', round, messages }, 'steering', debate, context);
}

async function* moderatorTurn(
  call: Pick<Conversation, 'purpose' | 'round' | 'messages'>,
  kind: 'opening' | 'steering',
  debate: Debate,
  context: RunContext,
): AsyncGenerator<EventBody> {
  const turn = debate.turns.length + 1;
  const conversation: Conversation = {
    ...call,
    speaker: moderatorId,
    role: moderatorId,
    maxOutputTokens: debate.settings.turnTokens,
    turn,
  };
  const reply = yield* converse(debate, conversation, context);
  if (!reply.ok) return yield* endFor(reply, conversation, debate);
  yield {
    type: 'turn-ended',
    turn,
    round: call.round,
    speaker: moderatorId,
    kind,
    text: reply.text.trim(),
    notes: '',
    ending: reply.ending,
    ...reply.record,
  };
}
