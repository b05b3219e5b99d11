import { type Debate, nameOf } from '../debate/debate.ts';
import { taskBlock } from './blocks.ts';
import {
  countValues,
  fencedList,
  groundingValue,
  scenarioValues,
  speakerValues,
} from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { PromptSet } from './types.ts';

/** Share of a speech's four-word runs known from the speaker's earlier speeches from which it is asked for something new. */
export const repeatingFrom = 0.3;

/** What a speaker knows when its task is put. */
export interface Moment {
  round: number;
  rounds: number;
  /** Other personas heard since its own last turn, in order; where there are none, the last one heard before. */
  heard: readonly string[];
  wasAsked: boolean;
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

function sectionsFor({ heard, round, rounds, repetition, wasAsked }: Moment): string[] {
  const main = heard.length === 0 ? 'opening' : round >= rounds ? 'last' : 'speak';
  const isRepeating = repetition >= repeatingFrom && heard.length > 0;
  return [main, ...(isRepeating ? ['repeating'] : []), ...(wasAsked ? ['question'] : [])];
}
