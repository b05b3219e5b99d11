import { conversationCheck } from '../check/conversation-rules.ts';
import { messages } from '../column-types.ts';
import { chatTags, type PersonaFormat } from './training-format.ts';

export const sft: PersonaFormat<'sft'> = {
  name: 'sft',
  of: 'persona',
  learns: 'runs',
  use: 'supervised fine-tuning with TRL, Axolotl or LLaMA-Factory: one list of messages',
  columns: { messages },
  isBare: false,
  trainers: {
    llamaFactory: { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: chatTags },
    axolotl: {
      head: {},
      dataset: {
        type: 'chat_template',
        field_messages: 'messages',
        message_property_mappings: { role: 'role', content: 'content' },
        roles_to_train: ['assistant'],
        train_on_eos: 'turn',
      },
    },
  },
  check: conversationCheck,
  row: ({ messages }) => ({ messages }),
};
