import type { ChatMessage } from '../../debate/messages.ts';
import { type Columns, decimal, groupOf, listOf, messages, text } from '../columns.ts';
import { turnsOf } from './conversation-formats.ts';
import type { PairExample } from './examples.ts';
import type { PairFormat } from './format.ts';

const rankingColumns: Columns = {
  ranked_by: text,
  chosen_score: decimal,
  rejected_score: decimal,
  margin: decimal,
  chosen_debate: text,
  rejected_debate: text,
  differs: text,
};

function rankingOf(pair: PairExample) {
  return {
    ranked_by: pair.rankedBy,
    chosen_score: pair.chosenScore,
    rejected_score: pair.rejectedScore,
    margin: pair.chosenScore - pair.rejectedScore,
    chosen_debate: pair.chosenDebate,
    rejected_debate: pair.rejectedDebate,
    differs: pair.differs,
  };
}

export const dpo: PairFormat = {
  name: 'dpo',
  of: 'pair',
  use: 'preference pairs (TRL, Axolotl): two speeches after one and the same prompt',
  columns: { prompt: messages, chosen: messages, rejected: messages, ...rankingColumns },
  isBare: false,
  row: (pair) => ({
    prompt: pair.prompt,
    chosen: [said(pair.chosen)],
    rejected: [said(pair.rejected)],
    ...rankingOf(pair),
  }),
};

export const dpoOpenai: PairFormat = {
  name: 'dpo-openai',
  of: 'pair',
  use: 'preference pairs for OpenAI-style fine-tuning',
  columns: {
    input: groupOf({ messages }),
    preferred_output: messages,
    non_preferred_output: messages,
  },
  isBare: true,
  row: ({ prompt, chosen, rejected }) => ({
    input: { messages: prompt },
    preferred_output: [said(chosen)],
    non_preferred_output: [said(rejected)],
  }),
};

const side = groupOf({ from: text, value: text });

export const dpoLlamafactory: PairFormat = {
  name: 'dpo-llamafactory',
  of: 'pair',
  use: 'preference pairs for LLaMA-Factory (ranking: true)',
  columns: { conversations: listOf(side), chosen: side, rejected: side, system: text, ...rankingColumns },
  isBare: false,
  row: (pair) => ({
    ...turnsOf(pair.prompt),
    chosen: { from: 'gpt', value: pair.chosen },
    rejected: { from: 'gpt', value: pair.rejected },
    ...rankingOf(pair),
  }),
};

function said(content: string): ChatMessage {
  return { role: 'assistant', content };
}
