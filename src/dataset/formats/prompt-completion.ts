import { promptFaults, sideFaults } from '../check/conversation-rules.ts';
import { messages } from '../column-types.ts';
import type { PersonaFormat } from './training-format.ts';

export const promptCompletion: PersonaFormat<'prompt-completion'> = {
  name: 'prompt-completion',
  of: 'persona',
  learns: 'each',
  use: 'supervised fine-tuning on one speech a row, with everything before it (TRL)',
  columns: { prompt: messages, completion: messages },
  isBare: false,
  trainers: {},
  check: {
    name: 'prompt and completion',
    needs: ['prompt', 'completion'],
    own: ['prompt', 'completion'],
    faults: (row) => [...promptFaults(row['prompt']), ...sideFaults(row, 'completion')],
  },
  row: ({ messages }) => ({ prompt: messages.slice(0, -1), completion: messages.slice(-1) }),
};
