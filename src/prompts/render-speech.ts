import type { ChatMessage } from '../debate/calls.ts';
import { type Debate, fullFromOf } from '../debate/debate.ts';
import { statementBlock, taskBlock } from './blocks.ts';
import { asUser, conversationOf, followUp, speechTask } from './conversation.ts';
import {
  bulleted,
  countValues,
  groundingValue,
  scenarioValues,
  speakerValues,
} from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { PromptSet } from './types.ts';

/**
 * The prompt for a persona's next speech: its previous prompt, its reply, and one message more. Where more rounds than before
 * stand only by their positions, it is a new one.
 */
export function renderSpeech(
  set: PromptSet,
  debate: Debate,
  persona: string,
  fullFrom = fullFromOf(debate),
): ChatMessage[] {
  const { messages, unheard, moment } = conversationOf(set, debate, persona, 'its-speech', fullFrom);
  return [...messages, asUser(unheard, speechTask(set, debate, persona, moment))];
}

/** Asks a principal to sign or refuse the closing statement. Throws where none was drafted. */
export function renderAnswer(set: PromptSet, debate: Debate, persona: string): ChatMessage[] {
  if (!debate.statement) throw new Error('there is no statement to sign yet');
  const { messages, unheard, moment } = conversationOf(set, debate, persona, 'the-end');
  const values = {
    ...scenarioValues(set, debate),
    ...speakerValues(debate, persona, moment),
    statement: statementBlock(debate.statement),
  };
  const text = fillTemplate(set.moderator['answer']?.body ?? '', values);
  return [
    ...messages,
    asUser(unheard, taskBlock('answer', { round: moment.round, of: moment.rounds, left: 0 }, text)),
  ];
}

/**
 * Asks a persona off the record where it would settle, after all that was said. No later prompt holds this one or its
 * answer. Throws where the prompts hold no such question.
 */
export function renderPoll(set: PromptSet, debate: Debate, persona: string, round: number): ChatMessage[] {
  if (set.poll === undefined) throw new Error('the prompts hold no question off the record');
  const { messages, unheard } = conversationOf(set, debate, persona, 'the-end');
  const counts = { round, rounds: debate.settings.rounds };
  const values = {
    ...scenarioValues(set, debate),
    ...countValues(counts),
    ...speakerValues(debate, persona, counts),
  };
  const left = Math.max(0, counts.rounds - round);
  const task = taskBlock('poll', { round, of: counts.rounds, left }, fillTemplate(set.poll, values));
  return [...messages, asUser(unheard, task)];
}

/** Asks a speaker once to give a speech again that fell short of the strategy's grounding minimum. */
export function renderMend(
  previous: readonly ChatMessage[],
  reply: string,
  problems: readonly string[],
  set: PromptSet,
): ChatMessage[] {
  const values = { problems: bulleted(problems), ...groundingValue(set) };
  return followUp(previous, reply, fillTemplate(set.strategy.sections['mend'] ?? '', values));
}
