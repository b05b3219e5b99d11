import { chatWording, conversationFaults } from '../check/conversation-rules.ts';
import { messages, text } from '../column-types.ts';
import { rewardContextOf } from '../reward-context.ts';
import type { PersonaFormat } from './training-format.ts';

export const rft: PersonaFormat<'rft'> = {
  name: 'rft',
  of: 'persona',
  learns: 'prompts',
  use: 'reinforcement fine-tuning with graders as OpenAI has it: messages that end with the user’s, and beside them what a grader reads as item',
  columns: { messages, passages: text, own_lines: text, reward_context: text },
  isBare: false,
  trainers: {},
  check: {
    name: 'OpenAI reinforcement',
    needs: ['messages', 'reward_context'],
    own: ['messages', 'tools'],
    faults: (row) => conversationFaults(row['messages'], 'messages', chatWording, 'asking'),
  },
  row({ messages: said, exported, persona, turn }) {
    const context = rewardContextOf(exported.debate, persona, turn, exported.isShared);
    return {
      messages: said.slice(0, -1),
      passages: context.passages.map(({ number, text: words }) => `[P${number}] ${words}`).join('\n'),
      own_lines: context.ownLines.map(({ issue, min, max }) => `${issue}: ${min} to ${max}`).join('\n'),
      reward_context: JSON.stringify(context),
    };
  },
};
