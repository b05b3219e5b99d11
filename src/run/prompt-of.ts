import type { JudgePlan } from '../convergence/sample-plan.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { CaucusAction } from '../debate/caucus.ts';
import type { Debate } from '../debate/debate.ts';
import type { Action } from '../debate/next.ts';
import { renderTrace } from '../prompts/facts-prompts.ts';
import {
  renderBid,
  renderDraft,
  renderOpening,
  renderPick,
  renderReading,
  renderSteering,
} from '../prompts/render-moderator.ts';
import {
  renderAnswer,
  renderCaucus,
  renderCaucusCall,
  renderCaucusReading,
  renderPoll,
  renderSpeech,
} from '../prompts/render-speech.ts';
import type { PromptSet } from '../prompts/types.ts';

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
  | { type: 'judge'; plan: JudgePlan; fullFrom?: number };

/** The prompt of one call in a debate's present state. */
export function promptOf(call: PromptedCall, debate: Debate, set: PromptSet): ChatMessage[] {
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
      return renderReading(set, debate, call.plan, call.fullFrom);
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
