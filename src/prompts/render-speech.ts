import type { Mask } from '../convergence/mask-names.ts';
import { type JudgePlan, partyLetter } from '../convergence/sample-plan.ts';
import type { ChatMessage } from '../debate/calls.ts';
import { type Debate, fullFromOf, nameOf } from '../debate/debate.ts';
import { seededRandom, shuffled } from '../debate/seeded-random.ts';
import { agendaBlock, caucusBlock, moderatorSystem, statementBlock, taskBlock } from './blocks.ts';
import {
  asUser,
  type CaucusPlace,
  caucusSection,
  caucusTask,
  conversationOf,
  followUp,
  speechTask,
} from './conversation.ts';
import { block } from './fence.ts';
import {
  bulleted,
  countValues,
  fencedList,
  groundingValue,
  issueValues,
  scenarioValues,
  speakerValues,
} from './placeholder-values.ts';
import { readingMask } from './render-reading.ts';
import { fillTemplate } from './template.ts';
import { timelineOf } from './timeline.ts';
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

/** Asks the moderator, who hears nothing of what is said in private, whether two principals are to talk there. */
export function renderCaucusCall(
  set: PromptSet,
  debate: Debate,
  { round, pair }: { round: number; pair: readonly [string, string] },
): ChatMessage[] {
  const { rounds } = debate.settings;
  const values = {
    ...scenarioValues(set, debate),
    ...countValues({ round, rounds }),
    partners: fencedList(pair.map((persona) => nameOf(debate, persona))),
  };
  const blocks = timelineOf(debate).flatMap(({ block }) => block ?? []);
  const task = taskBlock(
    'convene',
    { round, of: rounds, left: Math.max(0, rounds - round) },
    fillTemplate(caucusSection(set, 'call'), values),
  );
  return [moderatorSystem(set, debate), asUser(blocks, task)];
}

/** The prompt for a principal's next words in private: all that it has heard, in public and there. */
export function renderCaucus(set: PromptSet, debate: Debate, place: CaucusPlace): ChatMessage[] {
  const { messages, unheard } = conversationOf(set, debate, place.speaker, 'the-end');
  return [...messages, asUser(unheard, caucusTask(set, debate, place))];
}

/** How a judge sees the words of a caucus: names masked, the parties in an order drawn from the seed. */
export function caucusPlan({ started }: Pick<Debate, 'started'>, round: number): JudgePlan {
  const random = seededRandom(started.seed, 'caucus', round);
  return {
    sample: 0,
    speakerOrder: shuffled(
      started.cast.map(({ id }) => id),
      random,
    ),
    issueOrder: started.agenda.map(({ id }) => id),
    reversed: false,
  };
}

export function caucusMask(set: PromptSet, debate: Pick<Debate, 'started'>, round: number): Mask {
  return readingMask(set, debate.started.cast, caucusPlan(debate, round));
}

/** Asks the judge what was offered in private before a round. It sees nothing else, and no other reading sees this. */
export function renderCaucusReading(set: PromptSet, debate: Debate, round: number): ChatMessage[] {
  const { agenda, language } = set.scenario;
  const plan = caucusPlan(debate, round);
  const mask = caucusMask(set, debate, round);
  const party = (speaker: string) => `Party ${partyLetter(plan, speaker)}`;
  const values = issueValues(agenda);
  const rules = block('rules', {}, fillTemplate(caucusSection(set, 'reading-rules'), values));
  const blocks = debate.caucus
    .filter((turn) => turn.round === round)
    .map(({ turn, speaker, to, text }) =>
      caucusBlock({
        ...{ number: turn, round, speaker: party(speaker), to: party(to), text: mask(text).text },
        names: [party(speaker), party(to)],
      }),
    );
  const task = taskBlock('offers', { round }, fillTemplate(caucusSection(set, 'reading-task'), values));
  return [
    { role: 'system', content: `${rules}\n${agendaBlock(agenda, { language })}` },
    asUser(blocks, task),
  ];
}
