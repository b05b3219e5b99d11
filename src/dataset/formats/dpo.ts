import { preferenceCheck } from '../check/conversation-rules.ts';
import { messages } from '../column-types.ts';
import { type PairFormat, rankingColumns, rankingOf, said } from './training-format.ts';

export const dpo: PairFormat<'dpo'> = {
  name: 'dpo',
  of: 'pair',
  use: 'preference pairs (TRL, Axolotl): two speeches after one and the same prompt',
  columns: { prompt: messages, chosen: messages, rejected: messages, ...rankingColumns },
  isBare: false,
  trainers: {
    axolotl: {
      head: { rl: 'dpo' },
      dataset: {
        type: 'chat_template.default',
        field_messages: 'prompt',
        field_chosen: 'chosen',
        field_rejected: 'rejected',
        message_property_mappings: { role: 'role', content: 'content' },
      },
    },
  },
  check: preferenceCheck,
  row: (pair) => ({
    prompt: pair.prompt,
    chosen: [said(pair.chosen)],
    rejected: [said(pair.rejected)],
    ...rankingOf(pair),
  }),
};
