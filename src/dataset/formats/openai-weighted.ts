import { conversationCheck } from '../check/conversation-rules.ts';
import { listOf, text } from '../column-types.ts';
import type { PersonaFormat } from './training-format.ts';

export const openai: PersonaFormat<'openai'> = {
  name: 'openai',
  of: 'persona',
  learns: 'weighted',
  use: 'OpenAI-style fine-tuning: messages and nothing else, weight 0 on what should not be learned from',
  columns: {
    messages: listOf({
      kind: 'group',
      fields: { role: text, content: text, weight: { kind: 'integer', isOptional: true } },
      isShared: true,
    }),
  },
  isBare: true,
  // Open trainers drop the weights in silence and would learn from what has weight 0.
  trainers: {},
  check: {
    ...conversationCheck,
    name: 'OpenAI fine-tuning',
    own: ['messages', 'tools', 'parallel_tool_calls', 'functions'],
    inPath: /(^|[/_.-])openai([/_.-]|$)/,
    isBare: true,
  },
  row({ messages, weights }) {
    let speech = 0;
    return {
      messages: messages.map((message) =>
        message.role === 'assistant' ? { ...message, weight: weights[speech++] ?? 1 } : message,
      ),
    };
  },
};
