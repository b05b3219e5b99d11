import type { Debate } from '../debate/debate.ts';
import type { EventBody } from '../debate/events.ts';
import type { Action } from '../debate/next.ts';
import { answer, draft } from './actions/close.ts';
import { judge } from './actions/judge.ts';
import { open, steer } from './actions/moderate.ts';
import { pick } from './actions/pick.ts';
import { poll } from './actions/poll.ts';
import { speak } from './actions/speak.ts';
import type { RunContext } from './context.ts';

/**
 * Does one action and yields the events that came of it. An aborted action yields none of its own;
 * one whose model cannot be reached ends the debate as `failed`, from where it can be resumed.
 */
export function perform(action: Action, debate: Debate, context: RunContext): AsyncIterable<EventBody> {
  switch (action.type) {
    case 'open':
      return open(action, debate, context);
    case 'steer':
      return steer(action, debate, context);
    case 'pick':
      return pick(action, debate, context);
    case 'speak':
      return speak(action, debate, context);
    case 'judge':
      return judge(action, debate, context);
    case 'poll':
      return poll(action, debate, context);
    case 'draft':
      return draft(action, debate, context);
    case 'answer':
      return answer(action, debate, context);
    case 'end':
      return only({ type: 'debate-ended', reason: action.reason, detail: action.detail });
    case 'nothing':
      throw new Error('nothing is left to do in a debate that has ended');
  }
}

async function* only(body: EventBody): AsyncGenerator<EventBody> {
  yield body;
}
