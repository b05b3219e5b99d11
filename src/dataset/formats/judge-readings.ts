import { conversationCheck } from '../check/conversation-rules.ts';
import { integer, messages } from '../column-types.ts';
import { chatTags, type ReadingFormat } from './training-format.ts';

export const judge: ReadingFormat<'judge'> = {
  name: 'judge',
  of: 'reading',
  use: 'reading positions: what the moderator’s judge was shown, and the answer of which code has checked every quote',
  columns: { messages, round: integer, sample: integer },
  isBare: false,
  trainers: {
    llamaFactory: { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: chatTags },
  },
  check: conversationCheck,
  row: ({ messages, round, sample }) => ({ messages, round, sample }),
};
