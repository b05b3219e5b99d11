import { conversationFaults, labelFaults, sharegptWording } from '../check/conversation-rules.ts';
import { groupOf, listOf, text, truth } from '../column-types.ts';
import { type PersonaFormat, sharegptTurns } from './training-format.ts';

export const ktoLlamafactory: PersonaFormat<'kto-llamafactory'> = {
  name: 'kto-llamafactory',
  of: 'persona',
  learns: 'labelled',
  use: 'unpaired preferences for LLaMA-Factory (kto_tag): one speech a row with a label',
  columns: { conversations: listOf(groupOf({ from: text, value: text })), system: text, kto_tag: truth },
  isBare: false,
  trainers: {
    llamaFactory: {
      formatting: 'sharegpt',
      columns: { messages: 'conversations', system: 'system', kto_tag: 'kto_tag' },
    },
  },
  check: {
    name: 'ShareGPT unpaired preference',
    needs: ['conversations', 'kto_tag'],
    own: ['conversations', 'system', 'kto_tag'],
    faults: ({ conversations, kto_tag: label }) => [
      ...conversationFaults(conversations, 'conversations', sharegptWording, 'answering'),
      ...labelFaults(label, 'kto_tag'),
    ],
  },
  row: ({ messages, label }) => (label === null ? null : { ...sharegptTurns(messages), kto_tag: label }),
};
