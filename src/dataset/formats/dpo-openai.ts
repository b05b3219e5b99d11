import {
  answerFaults,
  chatWording,
  conversationFaults,
  isGroup,
  sameAnswers,
} from '../check/conversation-rules.ts';
import { groupOf, messages } from '../column-types.ts';
import { type PairFormat, said } from './training-format.ts';

export const dpoOpenai: PairFormat<'dpo-openai'> = {
  name: 'dpo-openai',
  of: 'pair',
  use: 'preference pairs for OpenAI-style fine-tuning',
  columns: {
    input: groupOf({ messages }),
    preferred_output: messages,
    non_preferred_output: messages,
  },
  isBare: true,
  trainers: {},
  check: {
    name: 'OpenAI preference',
    needs: ['input', 'preferred_output', 'non_preferred_output'],
    own: ['input', 'preferred_output', 'non_preferred_output'],
    isBare: true,
    faults({ input, preferred_output: preferred, non_preferred_output: other }) {
      const asked = isGroup(input) ? input['messages'] : null;
      return [
        ...conversationFaults(asked, 'input.messages', chatWording, 'asking'),
        ...answerFaults(preferred, 'preferred_output', chatWording),
        ...answerFaults(other, 'non_preferred_output', chatWording),
        ...sameAnswers(preferred, other),
      ];
    },
  },
  row: ({ prompt, chosen, rejected }) => ({
    input: { messages: prompt },
    preferred_output: [said(chosen)],
    non_preferred_output: [said(rejected)],
  }),
};
