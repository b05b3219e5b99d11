import type { ChatMessage } from '../debate/calls.ts';
import type { CaucusTurn } from '../debate/caucus.ts';
import { type Debate, fullFromOf, nameOf, type Turn } from '../debate/debate.ts';
import { currentRound } from '../debate/next.ts';
import { repetitionsInOrder } from '../grounding/repetition.ts';
import { counted } from '../text/figures.ts';
import { rememberingFor } from '../text/memo.ts';
import { personaSystem, taskBlock } from './blocks.ts';
import { fencedLine } from './fence.ts';
import {
  countValues,
  fencedList,
  groundingValue,
  scenarioValues,
  speakerValues,
} from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import { horizonOf, isEarlier, type Said, settingsAt, timelineOf } from './timeline.ts';
import type { PromptSet } from './types.ts';

/** Share of a speech's four-word runs known from the speaker's earlier speeches from which it is asked for something new. */
const repeatingFrom = 0.3;

/** What a speaker knows when its task is put. */
interface Moment {
  round: number;
  rounds: number;
  /** Other personas heard since its own last turn, in order; where there are none, the last one heard before. */
  heard: readonly string[];
  wasAsked: boolean;
  /** It has not spoken yet. */
  isFirst: boolean;
  /** How far its last speech repeated its earlier ones, 0..1. */
  repetition: number;
}

export function speechTask(set: PromptSet, debate: Debate, persona: string, moment: Moment): string {
  const names = [...new Set(moment.heard)].map((id) => nameOf(debate, id));
  const last = moment.heard.at(-1);
  const values = {
    ...scenarioValues(set, debate),
    ...countValues(moment),
    ...speakerValues(debate, persona, moment),
    ...groundingValue(set),
    ...(last === undefined
      ? {}
      : { 'previous-speakers': fencedList(names), 'last-speaker': fencedList([nameOf(debate, last)]) }),
  };
  const texts = sectionsFor(moment).flatMap((name) => set.strategy.sections[name] ?? []);
  const text = texts.map((section) => fillTemplate(section, values)).join('\n\n');
  const { round, rounds } = moment;
  const form = set.control?.id === 'neutral' ? { as: 'report' } : {};
  return taskBlock('speak', { ...form, round, of: rounds, left: Math.max(0, rounds - round) }, text);
}

function sectionsFor({ heard, round, rounds, isFirst, repetition, wasAsked }: Moment): string[] {
  const main = heard.length === 0 ? 'opening' : round >= rounds ? 'last' : 'speak';
  const isRepeating = repetition >= repeatingFrom && heard.length > 0;
  // A later speaker answers the others and must still state a position on the whole agenda, or the first reading has gaps.
  return [
    main,
    ...(isFirst && main !== 'opening' ? ['placing'] : []),
    ...(isRepeating ? ['repeating'] : []),
    ...(wasAsked ? ['question'] : []),
  ];
}

/** Where in a caucus words stand. */
export type CaucusPlace = Pick<CaucusTurn, 'round' | 'speaker' | 'to' | 'part' | 'parts'>;

/** Asks for a principal's words in private. */
export function caucusTask(
  set: PromptSet,
  debate: Debate,
  { round, speaker, to, part, parts }: CaucusPlace,
): string {
  const counts = { round, rounds: debate.started.settings.rounds };
  const left = Math.ceil((parts - part + 1) / 2);
  const values = {
    ...scenarioValues(set, debate),
    ...speakerValues(debate, speaker, counts),
    partner: fencedLine(nameOf(debate, to)),
    'caucus-turns': counted(left, 'turn'),
  };
  const text = fillTemplate(caucusSection(set, 'speak'), values);
  return taskBlock('caucus', { round, to, part, of: parts }, text);
}

/** A section of the prompts for talks in private. */
export function caucusSection(set: PromptSet, name: string): string {
  const text = set.caucus?.[name];
  if (text === undefined) throw new Error(`the prompts hold no section "${name}" for a caucus`);
  return text;
}

/** A persona's side of a debate up to now: what it was sent and said, and what it has not yet been told. */
export interface Conversation {
  /** The system message, then user and assistant in turn, ending with the persona's last speech. */
  messages: ChatMessage[];
  /** What it said, one for each assistant message: its speeches, and its words in private. */
  own: (Turn | CaucusTurn)[];
  /** Blocks of what was said since. */
  unheard: string[];
  /** The moment of its next speech. */
  moment: Moment;
}

/**
 * Renders a persona's conversation from the events alone. Each earlier message is rendered as it was when it was
 * sent, from what was known then, so every prompt is the one before it with the reply and one message more.
 * Where all speak at once, a speaker of a round knows nothing of that round yet; at the end everyone knows all.
 * Rounds before `fullFrom` stand as what was read of them, its own speeches too.
 */
export function conversationOf(
  set: PromptSet,
  debate: Debate,
  persona: string,
  upTo: 'its-speech' | 'the-end' = 'its-speech',
  fullFrom = fullFromOf(debate),
): Conversation {
  const timeline = timelineOf(debate, persona, fullFrom);
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech' && turn.speaker === persona);
  const aside = debate.caucus.filter((turn) => turn.speaker === persona);
  const own = [...speeches, ...aside].sort((one, other) => one.number - other.number);
  const shown = own.filter((turn) => turn.type === 'caucus-spoken' || !isEarlier(turn, fullFrom));
  let kept: string[] = [];
  const blocksWith = (blocks: readonly string[]) => {
    const all = [...kept, ...blocks];
    kept = [];
    return all;
  };
  const repetitions = repetitionsInOrder(speeches);
  const listener = listenerTo(timeline, persona, set.control?.id === 'no-debate');
  const messages = [personaSystem(set, debate, persona)];
  for (const turn of own) {
    if (turn.type === 'caucus-spoken') {
      const blocks = blocksWith(listener.hearUntil(turn.number).blocks);
      messages.push(sentBefore(set, turn, fullFrom, () => asUser(blocks, caucusTask(set, debate, turn))));
      messages.push(saidBefore(turn));
      continue;
    }
    const index = speeches.indexOf(turn);
    const batch = listener.hearUntil(horizonOf(debate, turn.round, turn.number));
    if (isEarlier(turn, fullFrom)) {
      kept.push(...batch.blocks);
      continue;
    }
    const blocks = blocksWith(batch.blocks);
    const rendered = () => {
      const moment = momentOf(debate, turn, batch, index === 0, repetitions[index - 1] ?? 0);
      return asUser(blocks, speechTask(set, debate, persona, moment));
    };
    messages.push(sentBefore(set, turn, fullFrom, rendered));
    messages.push(saidBefore(turn));
  }
  const now = { round: currentRound(debate), number: debate.length };
  const horizon = upTo === 'the-end' ? now.number : horizonOf(debate, now.round, now.number);
  const batch = listener.hearUntil(horizon);
  const moment = momentOf(debate, now, batch, own.length === 0, repetitions.at(-1) ?? 0);
  return { messages, own: shown, unheard: blocksWith(batch.blocks), moment };
}

export function asUser(blocks: readonly string[], task: string): ChatMessage {
  return { role: 'user', content: [...blocks, task].join('\n') };
}

/** What a speech was asked for with. It is sent again in every later prompt of its speaker, the same to the byte. */
const asked = new WeakMap<Turn | CaucusTurn, { set: PromptSet; fullFrom: number; message: ChatMessage }>();

function sentBefore(
  set: PromptSet,
  turn: Turn | CaucusTurn,
  fullFrom: number,
  rendered: () => ChatMessage,
): ChatMessage {
  const known = asked.get(turn);
  if (known?.set === set && known.fullFrom === fullFrom) return known.message;
  const message = rendered();
  asked.set(turn, { set, fullFrom, message });
  return message;
}

/** What was said stands in every later prompt of its speaker, as the very message: what is worked out for it is found again. */
const saidBefore = rememberingFor(
  ({ text }: Turn | CaucusTurn): ChatMessage => ({ role: 'assistant', content: text }),
);

interface Batch {
  blocks: string[];
  heard: string[];
  wasAsked: boolean;
}

/** Hands out what others said, each thing once and in order; who is alone hears only the moderator and the person watching. */
function listenerTo(
  timeline: readonly Said[],
  persona: string,
  isAlone: boolean,
): { hearUntil(horizon: number): Batch } {
  let place = 0;
  let lastHeard: string[] = [];
  return {
    hearUntil(horizon) {
      const news: Said[] = [];
      for (let said = timeline[place]; said && said.number < horizon; said = timeline[++place]) {
        if (said.speaker !== persona && !(isAlone && said.isSpeech)) news.push(said);
      }
      const speakers = news.flatMap(({ isSpeech, speaker }) =>
        isSpeech && speaker !== null ? [speaker] : [],
      );
      if (speakers.length > 0) lastHeard = speakers.slice(-1);
      return {
        blocks: news.flatMap(({ block }) => block ?? []),
        heard: speakers.length > 0 ? speakers : lastHeard,
        wasAsked: news.some(({ speaker }) => speaker === null),
      };
    },
  };
}

function momentOf(
  debate: Debate,
  { round, number }: Pick<Turn, 'round' | 'number'>,
  { heard, wasAsked }: Batch,
  isFirst: boolean,
  repetition: number,
): Moment {
  return { round, rounds: settingsAt(debate, number).rounds, heard, wasAsked, isFirst, repetition };
}

/**
 * Asks for the last reply again. An empty reply is no message that providers take, so then the task joins the
 * one before it.
 */
export function followUp(previous: readonly ChatMessage[], reply: string, text: string): ChatMessage[] {
  const task = taskBlock('repair', {}, text);
  const last = previous.at(-1);
  if (reply.trim() === '' && last) {
    return [...previous.slice(0, -1), { ...last, content: `${last.content}\n${task}` }];
  }
  return [...previous, { role: 'assistant', content: reply }, { role: 'user', content: task }];
}
