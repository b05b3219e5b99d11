import { type ForeignTurn, longestName, type TellFault } from './foreign-turns.ts';

/** Keys under which transcripts hold who spoke and what was said, as faults name them; the first that is there counts. */
const usualSpeakerKeys = [
  ...['speaker', 'speaker_name', 'name', 'author', 'from', 'agent', 'sender', 'user', 'username', 'role'],
  // Last: Inspect writes here where a message comes from, and AutoGen, which has no roles, who speaks.
  'source',
];
const usualTextKeys = [
  ...['text', 'content', 'message', 'value', 'utterance', 'body', 'sentence', 'argument', 'transcript'],
];

/** The same with those of programs that name somebody better under a key of their own. */
export const speakerKeys = [
  ...[
    'speaker_label',
    'role_name',
    'sender_name',
    'sender_full_name',
    'agentName',
    'agent_name',
    'creator',
    'user_profile',
    'u',
  ],
  ...usualSpeakerKeys,
];
export const textKeys = [
  ...usualTextKeys,
  'paragraphs',
  'parts',
  'msg',
  'mes',
  'speech',
  'statement',
  'response',
  'items',
  'converted_value',
];

/** Further keys of what was said, in records of speech recognition. */
const spokenKeys = ['text_blocks', 'sentences', 'elements', 'nBest', 'display'];

/** Roles that instruct or answer for a tool: no party of a debate. */
const noParties = new Set(['system', 'developer', 'tool', 'function', 'ipython', 'environment']);

/** Messages of agent frameworks and chats that are no speech: calls of tools, events, summaries of thoughts, who joined. */
const noSpeech =
  /^(?:ToolCall|ToolCallRequestEvent|ToolCallExecutionEvent|ToolCallSummaryMessage|MemoryQueryEvent|ThoughtEvent|StopMessage|HandoffMessage|tool|function|system|developer|service|GuildMemberJoin|ChannelPinned|Recipient(?:Add|Remove)|ThreadCreated|Call$|channel_join|bot_add|summary|file-history-snapshot|queue-operation|reasoning|[a-z_]{1,30}_call)/;

export function fieldOf(value: unknown, keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of keys) {
    const field: unknown = Reflect.get(value, name);
    if (field !== undefined && field !== null) return field;
  }
  return undefined;
}

/** A message as frameworks wrap it (LangChain, sessions of agents, Mattermost), without its wrapper; anything else as it is. */
export function plainMessage(value: unknown): unknown {
  const inner = fieldOf(value, ['message', 'post', 'config']);
  if (fieldOf(inner, speakerKeys) !== undefined) return plainMessage(inner);
  const id = fieldOf(value, ['id']);
  const type = Array.isArray(id) ? id.at(-1) : fieldOf(value, ['type']);
  const isLangChain =
    typeof type === 'string' &&
    /^(?:human|ai|system|tool|(?:Human|AI|System|Tool|Chat)Message(?:Chunk)?)$/.test(type);
  if (!isLangChain) return value;
  const kwargs = fieldOf(value, ['kwargs', 'data']);
  const fields = typeof kwargs === 'object' ? kwargs : value;
  const name = fieldOf(fields, ['name']);
  return {
    role: type.toLowerCase().replace(/message(?:chunk)?$/, ''),
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    content: fieldOf(fields, ['content']),
  };
}

/** Does a record say who speaks and what? A name with a value alone is a setting, or a price. */
export function isTurn(given: unknown): boolean {
  const value = plainMessage(given);
  const hasWords =
    fieldOf(value, [...textKeys.filter((key) => key !== 'value'), ...spokenKeys]) !== undefined;
  const keys = hasWords ? speakerKeys : speakerKeys.filter((key) => key !== 'name');
  return fieldOf(value, keys) !== undefined && (hasWords || fieldOf(value, ['value']) !== undefined);
}

/** A message that is no speech: an instruction, a tool's call or answer, an event. */
export function isNoSpeech(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const value = plainMessage(given);
  const [role, type, subtype] = ['role', 'type', 'subtype'].map((key) => fieldOf(value, [key]));
  if (typeof role === 'string' && noParties.has(role.toLowerCase())) return true;
  const kind = typeof subtype === 'string' ? subtype : (fieldOf(given, ['type']) ?? type);
  if (typeof kind === 'string' && noSpeech.test(kind)) return true;
  // A reply that calls a tool, or holds pictures and results of tools, and says nothing.
  const content = fieldOf(value, ['content', 'parts']);
  const isEmpty = content === undefined || content === '' || (Array.isArray(content) && content.length === 0);
  if (
    isEmpty &&
    fieldOf(value, [
      'tool_calls',
      'attachments',
      'files',
      'embeds',
      'stickers',
      'media_type',
      'photo',
      'photos',
    ]) !== undefined
  )
    return true;
  return Array.isArray(content) && content.length > 0 && textOf(content) === '' && content.every(isOtherPart);
}

/** Parts of a message that are no words: thoughts, pictures, calls of tools and what they gave. */
function isOtherPart(part: unknown): boolean {
  const type = fieldOf(part, ['type']);
  return (
    typeof type === 'string' &&
    /^(?:thinking|redacted|reasoning|tool|function|image|input_image|audio|input_audio|video|document|file|refusal|step)/.test(
      type,
    )
  );
}

/** A name, or a record of somebody with one. */
function nameIn(value: unknown): unknown {
  const keys = [
    'nickname',
    'real_name',
    'display_name',
    'global_name',
    'name',
    'username',
    'label',
    'role',
    'id',
  ];
  if (typeof value !== 'object' || value === null) return value;
  const key = keys.find((one) => ![undefined, ''].includes(fieldOf(value, [one]) as string | undefined));
  return key === undefined ? undefined : fieldOf(value, [key]);
}

/** The words of a content: a text, a list of parts of which the texts count, or a record with one; null where it has none. */
export function textOf(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value;
  if (depth > 3 || typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value))
    return textOf(
      fieldOf(value, ['text', 'body', 'display', 'transcript', 'value', 'argument', 'content', 'parts']),
      depth + 1,
    );
  const isSpelled = value.every(
    (part) => fieldOf(part, ['value']) !== undefined && fieldOf(part, ['type']) !== undefined,
  );
  const parts = value
    .filter((part) => !isOtherPart(part) || isSpelled)
    .map((part) => textOf(part, depth + 1));
  if (parts.includes(null)) return null;
  // Words and marks one by one join as they are, styled pieces of a sentence too; parts of a message are paragraphs.
  const isRun =
    isSpelled ||
    (value.some((part) => typeof part === 'string') && !value.every((part) => typeof part === 'string'));
  return parts.join(isRun ? '' : '\n\n');
}

/** Where a record stands: its line, and its place in a list on that line, from 1; 0 where it has the line to itself. */
export interface Place {
  line: number;
  place: number;
}

/** A record as a turn; tells what it lacks. */
export function turnOf(value: unknown, { line, place }: Place, tell: TellFault): ForeignTurn | null {
  const fault = (message: string) => tell(line, place === 0 ? message : `turn ${place}: ${message}`);
  // Messenger and Instagram write each byte of UTF-8 as a character.
  const written = fieldOf(value, ['sender_name']) === undefined ? (words: string) => words : inUtf8;
  const given = nameIn(fieldOf(value, speakerKeys));
  // Programs that tell voices apart number them.
  const speaker = typeof given === 'number' ? `Speaker ${given}` : given;
  if (typeof speaker !== 'string' || speaker.trim() === '') {
    fault(`a turn without a speaker; name it under one of ${usualSpeakerKeys.join(', ')}`);
    return null;
  }
  if (speaker.length > longestName) {
    fault(`the speaker's name has ${speaker.length} characters; at most ${longestName} are read`);
    return null;
  }
  const nBest = fieldOf(value, ['nBest']);
  const text = textOf(Array.isArray(nBest) ? nBest[0] : fieldOf(value, [...textKeys, ...spokenKeys]));
  if (text === null) {
    fault(`${speaker} has no text here; put it under one of ${usualTextKeys.join(', ')}`);
    return null;
  }
  if (text.trim() === '') {
    fault(`${speaker} says nothing here; leave the turn out or complete it`);
    return null;
  }
  const round = fieldOf(value, ['round']);
  const isRound = typeof round === 'number' && Number.isInteger(round) && round > 0;
  return {
    speaker: written(speaker).trim(),
    text: written(text).trim(),
    line,
    round: isRound ? round : null,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function inUtf8(words: string): string {
  if (!/[\u0080-\u00ff]/.test(words) || /[^\0-\u00ff]/.test(words)) return words;
  try {
    return utf8.decode(Buffer.from(words, 'latin1'));
  } catch {
    return words;
  }
}
