import {
  answerFaults,
  chatWording,
  conversationFaults,
  isGroup,
  type RowFault,
  sharegptWording,
  weightFaults,
} from './conversation-rules.ts';

/** What a table of training data is, found by its columns. */
export interface TableKind {
  name: string;
  /** Columns with a meaning to trainers that belong to this kind. */
  own: readonly string[];
  /** True where no other column may stand beside them. */
  isBare: boolean;
  faults(row: Record<string, unknown>): RowFault[];
}

/** Column names to which TRL, Hugging Face's trainers or Axolotl give a meaning: one too many changes how a table is read. */
const reservedNames = [
  ...['text', 'messages', 'conversations', 'prompt', 'completion', 'chosen', 'rejected', 'label', 'labels'],
  ...[
    'images',
    'image',
    'videos',
    'audios',
    'tools',
    'chat_template_kwargs',
    'completions',
    'stepwise_labels',
  ],
  ...['input_ids', 'attention_mask', 'position_ids', 'token_type_ids', 'completion_mask', 'assistant_masks'],
  ...['seq_lengths', 'length', 'system', 'input', 'preferred_output', 'non_preferred_output', 'weight'],
];

const always = ['tools', 'chat_template_kwargs', 'images'];

/** Finds the kind from the first row's keys and the file's path; null for what is none that trainers read. */
export function kindOf(keys: readonly string[], path: string): TableKind | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (has('input', 'preferred_output', 'non_preferred_output')) return openaiPreference;
  if (has('conversations', 'chosen', 'rejected')) return sharegptPreference;
  if (has('chosen', 'rejected')) return has('prompt') ? preference : implicitPreference;
  if (has('prompt', 'completion', 'label')) return unpaired;
  if (has('prompt', 'completion')) return promptCompletion;
  if (has('conversations')) return sharegpt;
  if (has('messages')) return /(^|[/_.-])openai([/_.-]|$)/.test(path) ? openai : conversation;
  return null;
}

/** Reserved names that stand in a table without belonging to its kind. */
export function strayNames(keys: readonly string[], kind: TableKind | null): string[] {
  if (kind?.isBare) return keys.filter((key) => !kind.own.includes(key));
  if (!kind) return [];
  return keys.filter(
    (key) => reservedNames.includes(key) && !kind.own.includes(key) && !always.includes(key),
  );
}

const conversation: TableKind = {
  name: 'messages',
  own: ['messages'],
  isBare: false,
  faults: ({ messages }) => [
    ...conversationFaults(messages, 'messages', chatWording, 'answering'),
    ...weightFaults(messages, 'messages'),
  ],
};

const openai: TableKind = {
  ...conversation,
  name: 'OpenAI fine-tuning',
  own: ['messages', 'tools', 'parallel_tool_calls', 'functions'],
  isBare: true,
};

const sharegpt: TableKind = {
  name: 'ShareGPT',
  own: ['conversations', 'system'],
  isBare: false,
  faults: ({ conversations }) =>
    conversationFaults(conversations, 'conversations', sharegptWording, 'answering'),
};

const promptCompletion: TableKind = {
  name: 'prompt and completion',
  own: ['prompt', 'completion'],
  isBare: false,
  faults: (row) => [...promptFaults(row['prompt']), ...sideFaults(row, 'completion')],
};

const unpaired: TableKind = {
  name: 'unpaired preference',
  own: ['prompt', 'completion', 'label'],
  isBare: false,
  faults: (row) => [
    ...promptCompletion.faults(row),
    ...(typeof row['label'] === 'boolean'
      ? []
      : [{ reason: 'label' as const, message: 'label must be true or false' }]),
  ],
};

const preference: TableKind = {
  name: 'preference',
  own: ['prompt', 'chosen', 'rejected'],
  isBare: false,
  faults: (row) => [
    ...promptFaults(row['prompt']),
    ...sideFaults(row, 'chosen'),
    ...sideFaults(row, 'rejected'),
    ...sameAnswers(row['chosen'], row['rejected']),
  ],
};

/** Without `prompt`, TRL takes what chosen and rejected share for it: they must differ in the last message alone. */
const implicitPreference: TableKind = {
  name: 'preference with an implicit prompt',
  own: ['chosen', 'rejected'],
  isBare: false,
  faults({ chosen, rejected }) {
    const faults = [
      ...conversationFaults(chosen, 'chosen', chatWording, 'answering'),
      ...conversationFaults(rejected, 'rejected', chatWording, 'answering'),
    ];
    if (faults.length > 0 || !Array.isArray(chosen) || !Array.isArray(rejected)) return faults;
    if (JSON.stringify(chosen.slice(0, -1)) !== JSON.stringify(rejected.slice(0, -1))) {
      return [{ reason: 'other-prefix', message: 'chosen and rejected differ before their last message' }];
    }
    return sameAnswers(chosen, rejected);
  },
};

const openaiPreference: TableKind = {
  name: 'OpenAI preference',
  own: ['input', 'preferred_output', 'non_preferred_output'],
  isBare: true,
  faults({ input, preferred_output: preferred, non_preferred_output: other }) {
    const messages = isGroup(input) ? input['messages'] : null;
    return [
      ...conversationFaults(messages, 'input.messages', chatWording, 'asking'),
      ...answerFaults(preferred, 'preferred_output', chatWording),
      ...answerFaults(other, 'non_preferred_output', chatWording),
      ...sameAnswers(preferred, other),
    ];
  },
};

const sharegptPreference: TableKind = {
  name: 'ShareGPT preference',
  own: ['conversations', 'system', 'chosen', 'rejected'],
  isBare: false,
  faults: ({ conversations, chosen, rejected }) => [
    ...conversationFaults(conversations, 'conversations', sharegptWording, 'asking'),
    ...answerFaults(chosen, 'chosen', sharegptWording),
    ...answerFaults(rejected, 'rejected', sharegptWording),
    ...sameAnswers(chosen, rejected),
  ],
};

function promptFaults(prompt: unknown): RowFault[] {
  if (typeof prompt === 'string') return textFaults(prompt, 'prompt');
  return conversationFaults(prompt, 'prompt', chatWording, 'asking');
}

function sideFaults(row: Record<string, unknown>, column: string): RowFault[] {
  const value = row[column];
  const isChat = Array.isArray(row['prompt']);
  if (typeof value === 'string' && !isChat) return textFaults(value, column);
  if (typeof value === 'string' || !isChat) {
    return [{ reason: 'bad-shape', message: `prompt and ${column} must both be text or both be messages` }];
  }
  return answerFaults(value, column, chatWording);
}

function textFaults(value: string, column: string): RowFault[] {
  return value.trim() === '' ? [{ reason: 'empty-text', message: `${column} is empty` }] : [];
}

function sameAnswers(one: unknown, other: unknown): RowFault[] {
  return JSON.stringify(one) === JSON.stringify(other)
    ? [{ reason: 'same-answers', message: 'the preferred and the other answer are the same' }]
    : [];
}
