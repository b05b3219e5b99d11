import { labelFaults, promptFaults, sideFaults } from '../check/conversation-rules.ts';
import { messages, truth } from '../column-types.ts';
import type { PersonaFormat } from './training-format.ts';

export const kto: PersonaFormat<'kto'> = {
  name: 'kto',
  of: 'persona',
  learns: 'labelled',
  use: 'unpaired preferences (TRL): one speech a row with a label',
  columns: { prompt: messages, completion: messages, label: truth },
  isBare: false,
  // Axolotl's KTO reads prompts and completions that are text, rendered in its own templates.
  trainers: {},
  check: {
    name: 'unpaired preference',
    needs: ['prompt', 'completion', 'label'],
    own: ['prompt', 'completion', 'label'],
    faults: (row) => [
      ...promptFaults(row['prompt']),
      ...sideFaults(row, 'completion'),
      ...labelFaults(row['label'], 'label'),
    ],
  },
  row: ({ messages, label }) =>
    label === null ? null : { prompt: messages.slice(0, -1), completion: messages.slice(-1), label },
};
