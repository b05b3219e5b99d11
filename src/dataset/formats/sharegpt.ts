import { conversationFaults, sharegptWording } from '../check/conversation-rules.ts';
import { listOf, text } from '../column-types.ts';
import { type PersonaFormat, sharegptGroup, sharegptTurns } from './training-format.ts';

export const sharegpt: PersonaFormat<'sharegpt'> = {
  name: 'sharegpt',
  of: 'persona',
  learns: 'runs',
  use: 'LLaMA-Factory and Axolotl: conversations of human and gpt, the system text apart',
  columns: { conversations: listOf(sharegptGroup), system: text },
  isBare: false,
  trainers: {
    llamaFactory: { formatting: 'sharegpt', columns: { messages: 'conversations', system: 'system' } },
  },
  check: {
    name: 'ShareGPT',
    needs: ['conversations'],
    own: ['conversations', 'system'],
    faults: ({ conversations }) =>
      conversationFaults(conversations, 'conversations', sharegptWording, 'answering'),
  },
  row: ({ messages }) => sharegptTurns(messages),
};
