import type { ChatMessage } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import type { Action } from '../debate/next.ts';
import {
  renderBid,
  renderDraft,
  renderOpening,
  renderPick,
  renderReading,
  renderSteering,
} from '../prompts/render-moderator.ts';
import { renderAnswer, renderPoll, renderSpeech } from '../prompts/render-speech.ts';
import type { PromptSet } from '../prompts/types.ts';
import { judgeInputOf } from './reading/judge-input.ts';
import { plansOf } from './reading/read-samples.ts';

/** A state of a debate needs one thing done next, and its prompts are rendered once. */
const rendered = new WeakMap<Debate, ChatMessage[][]>();

/**
 * The prompts of the calls that an action begins with: one, or one a candidate that bids, or one a sample of the judge.
 * `action` must be what the debate needs done next. Asking again gives the very same messages.
 */
export function promptsOf(action: Action, debate: Debate, set: PromptSet): ChatMessage[][] {
  const known = rendered.get(debate) ?? render(action, debate, set);
  rendered.set(debate, known);
  return known;
}

function render(action: Action, debate: Debate, set: PromptSet): ChatMessage[][] {
  switch (action.type) {
    case 'open':
      return [renderOpening(set, debate)];
    case 'steer':
      return [renderSteering(set, debate)];
    case 'speak':
      return [renderSpeech(set, debate, action.persona)];
    case 'pick':
      return debate.settings.order === 'bidding'
        ? action.candidates.map((persona) => renderBid(set, debate, persona))
        : [renderPick(set, debate, action.candidates)];
    case 'judge': {
      const plans = plansOf(judgeInputOf(debate, action.round), debate.settings.judgeSamples);
      return plans.map((plan) => renderReading(set, debate, plan));
    }
    case 'poll':
      return [renderPoll(set, debate, action.persona, action.round)];
    case 'draft':
      return [renderDraft(set, debate)];
    case 'answer':
      return [renderAnswer(set, debate, action.persona)];
    case 'end':
    case 'nothing':
      return [];
  }
}
