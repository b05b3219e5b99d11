import { promptFaults } from '../check/conversation-rules.ts';
import { messages, text } from '../column-types.ts';
import { rewardContextOf } from '../reward-context.ts';
import type { PersonaFormat } from './training-format.ts';

export const grpo: PersonaFormat<'grpo'> = {
  name: 'grpo',
  of: 'persona',
  learns: 'prompts',
  use: 'reinforcement learning with code-checked rewards (TRL): a prompt, no answer, and all that a reward is computed from',
  columns: { prompt: messages, reward_context: text },
  isBare: false,
  trainers: {},
  check: {
    name: 'prompts for reinforcement learning',
    needs: ['prompt', 'reward_context'],
    own: ['prompt', 'reward_context'],
    faults: (row) => promptFaults(row['prompt']),
  },
  row: ({ messages, exported, persona, turn }) => ({
    prompt: messages.slice(0, -1),
    reward_context: JSON.stringify(rewardContextOf(exported.debate, persona, turn, exported.isShared)),
  }),
};
