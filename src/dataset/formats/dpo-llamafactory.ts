import {
  answerFaults,
  conversationFaults,
  sameAnswers,
  sharegptWording,
} from '../check/conversation-rules.ts';
import { listOf, text } from '../column-types.ts';
import {
  type PairFormat,
  rankingColumns,
  rankingOf,
  sharegptGroup,
  sharegptTurns,
} from './training-format.ts';

export const dpoLlamafactory: PairFormat<'dpo-llamafactory'> = {
  name: 'dpo-llamafactory',
  of: 'pair',
  use: 'preference pairs for LLaMA-Factory (ranking: true)',
  columns: {
    conversations: listOf(sharegptGroup),
    chosen: sharegptGroup,
    rejected: sharegptGroup,
    system: text,
    ...rankingColumns,
  },
  isBare: false,
  trainers: {
    llamaFactory: {
      formatting: 'sharegpt',
      ranking: true,
      columns: { messages: 'conversations', chosen: 'chosen', rejected: 'rejected', system: 'system' },
    },
  },
  check: {
    name: 'ShareGPT preference',
    needs: ['conversations', 'chosen', 'rejected'],
    own: ['conversations', 'system', 'chosen', 'rejected'],
    faults: ({ conversations, chosen, rejected }) => [
      ...conversationFaults(conversations, 'conversations', sharegptWording, 'asking'),
      ...answerFaults(chosen, 'chosen', sharegptWording),
      ...answerFaults(rejected, 'rejected', sharegptWording),
      ...sameAnswers(chosen, rejected),
    ],
  },
  row: (pair) => ({
    ...sharegptTurns(pair.prompt),
    chosen: { from: 'gpt', value: pair.chosen },
    rejected: { from: 'gpt', value: pair.rejected },
    ...rankingOf(pair),
  }),
};
