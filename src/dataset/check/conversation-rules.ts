import type { FaultReason } from './fault-log.ts';
import { NumberToken } from './read-row.ts';

/** A fault of one row, before it is known where the row stands. */
export interface RowFault {
  reason: FaultReason;
  message: string;
}

/** How a table of rows is recognised, and what makes a row of it unfit to train on. */
export interface TableCheck {
  /** As reports name it. */
  name: string;
  /** Columns that make a table one of this kind; the check with the most of them is used. */
  needs: readonly string[];
  /** Columns with a meaning to trainers that belong to this kind. */
  own: readonly string[];
  /** Where other kinds have the same columns, a path that speaks for this one. */
  inPath?: RegExp;
  /** True where no other column may stand beside them. */
  isBare?: true;
  faults(row: Record<string, unknown>): RowFault[];
}

/** How a kind of conversation calls its parts. */
export interface Wording {
  role: string;
  content: string;
  asking: readonly string[];
  answering: readonly string[];
  system: readonly string[];
}

export const chatWording: Wording = {
  role: 'role',
  content: 'content',
  asking: ['user', 'tool'],
  answering: ['assistant'],
  system: ['system', 'developer'],
};

export const sharegptWording: Wording = {
  role: 'from',
  content: 'value',
  asking: ['human', 'observation'],
  answering: ['gpt', 'function_call'],
  system: ['system'],
};

/**
 * A conversation as trainers take it: system first or not at all, then asking and answering in strict turn. LLaMA-Factory
 * drops one that breaks the turn, or ends on the wrong side, with no more than a warning in its log.
 */
export function conversationFaults(
  value: unknown,
  column: string,
  wording: Wording,
  endsWith: 'asking' | 'answering',
): RowFault[] {
  if (!Array.isArray(value) || value.length === 0) {
    return [{ reason: 'bad-shape', message: `${column} is not a list of messages` }];
  }
  for (const [place, message] of value.entries()) {
    const fault = messageFault(message, `${column}[${place}]`, wording);
    if (fault) return [fault];
  }
  const roles = (value as Record<string, unknown>[]).map((message) => String(message[wording.role]));
  const spoken = wording.system.includes(roles[0] ?? '') ? roles.slice(1) : roles;
  const wrong = spoken.findIndex((role, place) => !sideAt(place, wording).includes(role));
  if (wrong >= 0) {
    const expected = sideAt(wrong, wording)[0];
    const place = wrong + roles.length - spoken.length;
    return [
      { reason: 'roles', message: `${column}[${place}] is ${spoken[wrong]} where ${expected} must follow` },
    ];
  }
  if (spoken.length === 0)
    return [{ reason: 'last-turn', message: `${column} asks nothing: it holds only system text` }];
  const isAnswered = spoken.length % 2 === 0;
  if (isAnswered === (endsWith === 'answering')) return [];
  const end = wording[endsWith][0];
  return [{ reason: 'last-turn', message: `${column} must end with ${end}, not with ${spoken.at(-1)}` }];
}

/** One side's messages alone, such as `chosen`: exactly one, and an answer. */
export function answerFaults(value: unknown, column: string, wording: Wording): RowFault[] {
  const message = Array.isArray(value) ? value[0] : value;
  if (Array.isArray(value) && value.length !== 1) {
    return [{ reason: 'bad-shape', message: `${column} must hold one message, not ${value.length}` }];
  }
  const fault = messageFault(message, column, wording);
  if (fault) return [fault];
  const role = String((message as Record<string, unknown>)[wording.role]);
  return wording.answering.includes(role)
    ? []
    : [{ reason: 'roles', message: `${column} is of ${role}, not of ${wording.answering[0]}` }];
}

/** OpenAI's `weight` is 0 or 1 on assistant messages, and nothing is learned from a row of zeros. */
function weightFaults(messages: unknown, column: string): RowFault[] {
  if (!Array.isArray(messages)) return [];
  const weighted = messages.filter(
    (message) => isGroup(message) && 'weight' in message && message['weight'] !== null,
  );
  const wrong = weighted.find(
    (message) =>
      message['role'] !== 'assistant' ||
      !(message['weight'] instanceof NumberToken) ||
      !['0', '1'].includes(message['weight'].source),
  );
  if (wrong)
    return [{ reason: 'weight', message: `a weight in ${column} is not 0 or 1 on an assistant message` }];
  const answers = messages.filter((message) => isGroup(message) && message['role'] === 'assistant');
  const isSilent = answers.length > 0 && answers.every((message) => weightOf(message) === '0');
  return isSilent
    ? [{ reason: 'weight', message: `every answer in ${column} has weight 0: nothing is learned` }]
    : [];
}

function weightOf(message: Record<string, unknown>): string {
  const weight = message['weight'];
  return weight instanceof NumberToken ? weight.source : '1';
}

function messageFault(message: unknown, path: string, { role, content }: Wording): RowFault | null {
  if (!isGroup(message)) return { reason: 'bad-shape', message: `${path} is no message` };
  if (typeof message[role] !== 'string') return { reason: 'bad-shape', message: `${path} has no ${role}` };
  const words = message[content];
  const hasCalls = Array.isArray(message['tool_calls']) && message['tool_calls'].length > 0;
  if (hasCalls && (words === null || words === undefined)) return null;
  // Lists of parts are how images come; they are not looked into.
  if (Array.isArray(words) && words.length > 0) return null;
  if (typeof words !== 'string') return { reason: 'bad-shape', message: `${path} has no ${content}` };
  return words.trim() === '' ? { reason: 'empty-text', message: `${path} is empty` } : null;
}

export function isGroup(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken)
  );
}

function sideAt(place: number, { asking, answering }: Wording): readonly string[] {
  return place % 2 === 0 ? asking : answering;
}

export function promptFaults(prompt: unknown): RowFault[] {
  if (typeof prompt === 'string') return textFaults(prompt, 'prompt');
  return conversationFaults(prompt, 'prompt', chatWording, 'asking');
}

export function sideFaults(row: Record<string, unknown>, column: string): RowFault[] {
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

export function labelFaults(label: unknown, column: string): RowFault[] {
  return typeof label === 'boolean' ? [] : [{ reason: 'label', message: `${column} must be true or false` }];
}

export function sameAnswers(one: unknown, other: unknown): RowFault[] {
  return JSON.stringify(one) === JSON.stringify(other)
    ? [{ reason: 'same-answers', message: 'the preferred and the other answer are the same' }]
    : [];
}

/** Messages in strict turn that end with an answer. */
export const conversationCheck: TableCheck = {
  name: 'messages',
  needs: ['messages'],
  own: ['messages'],
  faults: ({ messages }) => [
    ...conversationFaults(messages, 'messages', chatWording, 'answering'),
    ...weightFaults(messages, 'messages'),
  ],
};

/** Two answers to one prompt that stands by itself. */
export const preferenceCheck: TableCheck = {
  name: 'preference',
  needs: ['prompt', 'chosen', 'rejected'],
  own: ['prompt', 'chosen', 'rejected'],
  faults: (row) => [
    ...promptFaults(row['prompt']),
    ...sideFaults(row, 'chosen'),
    ...sideFaults(row, 'rejected'),
    ...sameAnswers(row['chosen'], row['rejected']),
  ],
};

/** Text to go on with, as language modelling takes it. */
export const textCheck: TableCheck = {
  name: 'text',
  needs: ['text'],
  own: ['text'],
  faults: ({ text }) =>
    typeof text === 'string'
      ? textFaults(text, 'text')
      : [{ reason: 'bad-shape', message: 'text is not a string' }],
};

/** Without `prompt`, TRL takes what chosen and rejected share for it: they must differ in the last message alone. */
export const implicitPreferenceCheck: TableCheck = {
  name: 'preference with an implicit prompt',
  needs: ['chosen', 'rejected'],
  own: ['chosen', 'rejected'],
  faults({ chosen, rejected }) {
    const faults = [
      ...conversationFaults(chosen, 'chosen', chatWording, 'answering'),
      ...conversationFaults(rejected, 'rejected', chatWording, 'answering'),
    ];
    if (faults.length > 0) return faults;
    const before = (messages: unknown) => JSON.stringify((messages as unknown[]).slice(0, -1));
    if (before(chosen) !== before(rejected)) {
      return [{ reason: 'other-prefix', message: 'chosen and rejected differ before their last message' }];
    }
    return sameAnswers(chosen, rejected);
  },
};
