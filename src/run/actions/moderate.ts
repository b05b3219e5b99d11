import type { Debate } from '../../debate/debate.ts';
import { type EventBody, moderatorId } from '../../debate/events.ts';
import type { Action } from '../../debate/next.ts';
import { loopStart } from '../../grounding/repetition.ts';
import { type Call, makeCall } from '../call.ts';
import type { RunContext } from '../context.ts';
import { promptOf } from '../prompt-of.ts';
import { endFor } from './failing.ts';

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
