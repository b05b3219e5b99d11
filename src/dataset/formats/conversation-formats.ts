import type { ChatMessage } from '../../debate/messages.ts';
import { groupOf, listOf, messages, text, truth } from '../columns.ts';
import type { PersonaExample } from './examples.ts';
import type { PersonaFormat } from './format.ts';

export const sft: PersonaFormat = {
  name: 'sft',
  of: 'persona',
  learns: 'all',
  use: 'supervised fine-tuning with TRL, Axolotl or LLaMA-Factory: one list of messages',
  columns: { messages },
  isBare: false,
  row: ({ messages }) => ({ messages }),
};

export const promptCompletion: PersonaFormat = {
  name: 'prompt-completion',
  of: 'persona',
  learns: 'last',
  use: 'supervised fine-tuning on the last speech alone (TRL)',
  columns: { prompt: messages, completion: messages },
  isBare: false,
  row: ({ messages }) => ({ prompt: messages.slice(0, -1), completion: messages.slice(-1) }),
};

export const kto: PersonaFormat = {
  name: 'kto',
  of: 'persona',
  learns: 'last',
  use: 'unpaired preferences (TRL, Axolotl): the last speech with a label',
  columns: { prompt: messages, completion: messages, label: truth },
  isBare: false,
  row: ({ messages, label }) =>
    label === null ? null : { prompt: messages.slice(0, -1), completion: messages.slice(-1), label },
};

export const openai: PersonaFormat = {
  name: 'openai',
  of: 'persona',
  learns: 'weighted',
  use: 'OpenAI-style fine-tuning: messages and nothing else, weight 0 on what should not be learned from',
  columns: {
    messages: listOf(groupOf({ role: text, content: text, weight: { kind: 'integer', isOptional: true } })),
  },
  isBare: true,
  row: ({ messages, weights }) => ({ messages: weighted(messages, weights) }),
};

export const sharegpt: PersonaFormat = {
  name: 'sharegpt',
  of: 'persona',
  learns: 'all',
  use: 'LLaMA-Factory and Axolotl: conversations of human and gpt, the system text apart',
  columns: { conversations: listOf(groupOf({ from: text, value: text })), system: text },
  isBare: false,
  row: ({ messages }) => turnsOf(messages),
};

/** LLaMA-Factory's names: strictly human and gpt in turn, beginning with human. */
export function turnsOf(messages: readonly ChatMessage[]) {
  const system = messages[0]?.role === 'system' ? messages[0].content : '';
  const conversations = messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => ({ from: role === 'assistant' ? 'gpt' : 'human', value: content }));
  return { conversations, system };
}

function weighted(messages: readonly ChatMessage[], weights: PersonaExample['weights']) {
  let speech = 0;
  return messages.map((message) =>
    message.role === 'assistant' ? { ...message, weight: weights[speech++] ?? 1 } : message,
  );
}
