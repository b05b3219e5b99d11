import type { JudgePlan } from '../convergence/sample-plan.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { CaucusAction } from '../debate/caucus.ts';
import type { Debate } from '../debate/debate.ts';
import type { Action } from '../debate/next.ts';
import { renderTrace } from '../prompts/facts-prompts.ts';
import { renderCaucus, renderCaucusCall, renderCaucusReading } from '../prompts/render-caucus.ts';
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

/** A call that needs a prompt: an action that makes one call is one itself; bids and readings are made several at once. */
export type PromptedCall =
  | Extract<
      Action,
      {
        type:
          | 'open'
          | 'steer'
          | 'speak'
          | 'pick'
          | 'trace'
          | 'poll'
          | 'draft'
          | 'answer'
          | CaucusAction['type'];
      }
    >
  | { type: 'speak'; round: number; persona: string; fullFrom: number }
  | { type: 'bid'; persona: string }
  | { type: 'judge'; plan: JudgePlan };

/** In one state of a debate the same call has the same prompt, which is rendered once. */
const rendered = new WeakMap<Debate, Map<string, ChatMessage[]>>();

/** The prompt of one call in a debate's present state. Asking again gives the very same messages. */
export function promptOf(call: PromptedCall, debate: Debate, set: PromptSet): ChatMessage[] {
  const known = rendered.get(debate) ?? new Map<string, ChatMessage[]>();
  rendered.set(debate, known);
  const key = JSON.stringify(call);
  const prompt = known.get(key) ?? render(call, debate, set);
  known.set(key, prompt);
  return prompt;
}

/** Renders what an action will ask, while there is time. */
export function renderAhead(action: Action, debate: Debate, set: PromptSet): void {
  for (const call of callsOf(action, debate)) promptOf(call, debate, set);
}

/** The calls that an action begins with. */
function callsOf(action: Action, debate: Debate): PromptedCall[] {
  switch (action.type) {
    case 'pick':
      return debate.settings.order === 'bidding'
        ? action.candidates.map((persona) => ({ type: 'bid', persona }))
        : [action];
    case 'judge': {
      const plans = plansOf(judgeInputOf(debate, action.round), debate.settings.judgeSamples);
      return plans.map((plan) => ({ type: 'judge', plan }));
    }
    case 'end':
    case 'nothing':
      return [];
    default:
      return [action];
  }
}

function render(call: PromptedCall, debate: Debate, set: PromptSet): ChatMessage[] {
  switch (call.type) {
    case 'open':
      return renderOpening(set, debate);
    case 'steer':
      return renderSteering(set, debate);
    case 'speak':
      return renderSpeech(set, debate, call.persona, 'fullFrom' in call ? call.fullFrom : undefined);
    case 'call-caucus':
      return renderCaucusCall(set, debate, call);
    case 'caucus':
      return renderCaucus(set, debate, call);
    case 'read-caucus':
      return renderCaucusReading(set, debate, call.round);
    case 'pick':
      return renderPick(set, debate, call.candidates);
    case 'bid':
      return renderBid(set, debate, call.persona);
    case 'judge':
      return renderReading(set, debate, call.plan);
    case 'trace':
      return renderTrace(set, debate, call.round);
    case 'poll':
      return renderPoll(set, debate, call.persona, call.round);
    case 'draft':
      return renderDraft(set, debate);
    case 'answer':
      return renderAnswer(set, debate, call.persona);
  }
}
