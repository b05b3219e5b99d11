import { type ForeignTurn, longestName } from './foreign-turns.ts';

type TellFault = (line: number, message: string) => void;
/** `place` counts the entries of a list that stands on one line, from 1; 0 where each has its own. */
type Found = { value: unknown; line: number; place: number };

/** Keys under which transcripts hold who spoke and what was said; the first that is there counts. */
const speakerKeys = [
  'speaker',
  'speaker_name',
  'name',
  'author',
  'from',
  'agent',
  'sender',
  'user',
  'username',
  'role',
  // Last: Inspect writes here where a message comes from, and AutoGen, which has no roles, who speaks.
  'source',
];

/** Roles that instruct or answer for a tool: no party of a debate. */
const noParties = new Set(['system', 'developer', 'tool', 'function', 'ipython', 'environment']);

/** Messages of agent frameworks that are no speech: calls of tools, events, summaries of thoughts. */
const noSpeech =
  /^(?:ToolCall|ToolCallRequestEvent|ToolCallExecutionEvent|ToolCallSummaryMessage|MemoryQueryEvent|ThoughtEvent|StopMessage|HandoffMessage|tool|function|system|developer|channel_join|bot_add)/;
const textKeys = [
  'text',
  'content',
  'message',
  'value',
  'utterance',
  'body',
  'sentence',
  'argument',
  'transcript',
];
const listKeys = [
  'messages',
  'turns',
  'conversation',
  'conversations',
  'transcript',
  'chat_history',
  'history',
  'utterances',
  'dialogue',
  'dialog',
  'events',
  'segments',
  'sentences',
  'debate',
  'rounds',
];

/** The column of a table that holds a whole conversation; null where none does. */
export function conversationColumn(names: readonly string[]): string | null {
  return listKeys.find((key) => names.includes(key)) ?? null;
}

/** Do columns say who speaks and what? */
export function isTable(names: readonly string[]): boolean {
  return names.some((name) => speakerKeys.includes(name)) && names.some((name) => textKeys.includes(name));
}

/** Reads JSON lines, or one JSON value that holds a list of turns. What else a record holds is left alone. `part`: which conversation of several. */
export function parseJsonTurns(text: string, fault: TellFault, part: number | null = null): ForeignTurn[] {
  const whole = parsed(text);
  const records = whole.ok ? listIn(unwrapped(whole.value, fault, part), 1) : linesOf(text, fault, part);
  if (records === null) {
    fault(1, `this JSON holds no list of turns; known lists are ${listKeys.join(', ')}`);
    return [];
  }
  return records.flatMap((record) => {
    const found = { ...record, value: plainMessage(record.value) };
    return isNoSpeech(found.value) ? [] : (turnOf(found, fault) ?? []);
  });
}

/** Lists that hold one conversation (ShareGPT), and logs that hold samples (Inspect) or results (promptfoo). */
function unwrapped(value: unknown, fault: TellFault, part: number | null): unknown {
  if (Array.isArray(value)) {
    const [first] = value;
    if (listIn(first, 1) === null || isTurn(first) || isMessage(first)) return value;
    return partOf(value, 'conversations', part, fault);
  }
  if (typeof value !== 'object' || value === null) return value;
  const samples: unknown = Reflect.get(value, 'samples');
  if (Array.isArray(samples) && Reflect.has(value, 'eval')) {
    return partOf(samples, 'samples', part, fault);
  }
  const results: unknown = Reflect.get(value, 'results');
  const inner: unknown = Array.isArray(results)
    ? results
    : typeof results === 'object' && results !== null
      ? Reflect.get(results, 'results')
      : null;
  if (!Array.isArray(inner)) return value;
  return inner.map((result: unknown) => ({
    speaker: fieldOf(fieldOf(result, ['provider']), ['label', 'id']) ?? fieldOf(result, ['provider']),
    text: fieldOf(fieldOf(result, ['response']), ['output']),
  }));
}

function partOf(parts: readonly unknown[], what: string, part: number | null, fault: TellFault): unknown {
  const isNamed = part !== null && part <= parts.length;
  if (parts.length > 1 && !isNamed) fault(1, severalMessage(parts.length, what));
  return parts[isNamed ? part - 1 : 0];
}

function severalMessage(parts: number, what: string): string {
  return `${parts} ${what} are in this file; name one by adding #1 to #${parts} to its path`;
}

/** A message of LangChain, however it was written down, as `role` and `content`; anything else as it is. */
function plainMessage(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kwargs: unknown = Reflect.get(value, 'kwargs') ?? Reflect.get(value, 'data');
  const id: unknown = Reflect.get(value, 'id');
  const type: unknown = Array.isArray(id) ? id.at(-1) : Reflect.get(value, 'type');
  const isLangChain =
    typeof type === 'string' &&
    /^(?:human|ai|system|tool|(?:Human|AI|System|Tool|Chat)Message(?:Chunk)?)$/.test(type);
  if (!isLangChain) return value;
  const fields = typeof kwargs === 'object' && kwargs !== null ? kwargs : value;
  const role = type.toLowerCase().replace(/message(?:chunk)?$/, '');
  const name: unknown = Reflect.get(fields, 'name');
  return {
    role,
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    content: Reflect.get(fields, 'content'),
  };
}

function isMessage(value: unknown): boolean {
  return isTurn(plainMessage(value));
}

function isNoSpeech(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [role, type, subtype] = ['role', 'type', 'subtype'].map((key) => Reflect.get(value, key));
  const name: unknown = Reflect.get(value, 'name');
  const isInstruction = typeof role === 'string' && noParties.has(role.toLowerCase());
  if (isInstruction && (typeof name !== 'string' || role !== 'assistant')) return true;
  const kind = typeof subtype === 'string' ? subtype : type;
  if (typeof kind === 'string' && noSpeech.test(kind)) return true;
  // A reply that is a call of a tool and nothing else.
  const content: unknown = Reflect.get(value, 'content');
  const isEmpty = content === null || content === '' || (Array.isArray(content) && content.length === 0);
  return isEmpty && Reflect.has(value, 'tool_calls');
}

function linesOf(text: string, fault: TellFault, part: number | null): Found[] {
  const lists = new Map<number, Found[]>();
  const records = text.split('\n').flatMap((row, index): Found[] => {
    const line = index + 1;
    if (row.trim() === '') return [];
    const value = parsed(row);
    if (!value.ok) {
      fault(line, `this line is no JSON: ${value.message}`);
      return [];
    }
    const list = isTurn(value.value) ? null : listIn(value.value, line);
    if (list === null) return [{ value: value.value, line, place: 0 }];
    lists.set(line, list);
    return list;
  });
  if (lists.size <= 1) return records;
  const conversations = [...lists.values()];
  const wanted = part === null ? undefined : conversations[part - 1];
  if (!wanted) fault([...lists.keys()][1] ?? 1, severalMessage(lists.size, 'conversations'));
  return wanted ?? [];
}

function listIn(value: unknown, line: number): Found[] | null {
  if (Array.isArray(value)) {
    const rounds = value.map((entry) => (isTurn(entry) || Array.isArray(entry) ? null : turnsOfRound(entry)));
    const entries = rounds.length > 0 && rounds.every((turns) => turns !== null) ? rounds.flat() : value;
    return entries.map((entry, index) => ({ value: entry, line, place: index + 1 }));
  }
  if (typeof value !== 'object' || value === null) return null;
  const key = listKeys.find((name) => Array.isArray(Reflect.get(value, name)));
  if (key !== undefined) return listIn(Reflect.get(value, key), line);
  const results: unknown = Reflect.get(value, 'results');
  if (Array.isArray(fieldOf(results, ['utterances']))) return listIn(results, line);
  return isTurn(value) ? [{ value, line, place: 0 }] : null;
}

/** The turns of a record that is a numbered round; null where it is none. */
function turnsOfRound(value: unknown): unknown[] | null {
  const round = fieldOf(value, ['round', 'round_number']);
  const key = ['turns', 'messages', 'speeches'].find((name) => Array.isArray(fieldOf(value, [name])));
  if (typeof round !== 'number' || key === undefined) return null;
  const turns = fieldOf(value, [key]) as unknown[];
  return turns.map((turn) => (typeof turn === 'object' && turn !== null ? { round, ...turn } : turn));
}

function isTurn(value: unknown): boolean {
  return fieldOf(value, speakerKeys) !== undefined && fieldOf(value, textKeys) !== undefined;
}

function turnOf({ value, line, place }: Found, tell: TellFault): ForeignTurn | null {
  const fault = (at: number, message: string) =>
    tell(at, place === 0 ? message : `turn ${place}: ${message}`);
  const given = nameIn(fieldOf(value, speakerKeys));
  // Programs that tell voices apart number them.
  const speaker = typeof given === 'number' ? `Speaker ${given}` : given;
  const text = textOf(fieldOf(value, textKeys));
  const round = fieldOf(value, ['round']);
  if (typeof speaker !== 'string' || speaker.trim() === '') {
    fault(line, `a turn without a speaker; name it under one of ${speakerKeys.join(', ')}`);
    return null;
  }
  if (speaker.length > longestName) {
    fault(line, `the speaker's name has ${speaker.length} characters; at most ${longestName} are read`);
    return null;
  }
  if (text === null) {
    fault(line, `${speaker} has no text here; put it under one of ${textKeys.join(', ')}`);
    return null;
  }
  if (text.trim() === '') {
    fault(line, `${speaker} says nothing here; leave the turn out or complete it`);
    return null;
  }
  const isRound = typeof round === 'number' && Number.isInteger(round) && round > 0;
  return { speaker: speaker.trim(), text: text.trim(), line, round: isRound ? round : null };
}

/** A name, or a record of somebody with one. */
function nameIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? fieldOf(value, [
        'nickname',
        'real_name',
        'display_name',
        'global_name',
        'name',
        'username',
        'label',
        'id',
      ])
    : value;
}

/** Chat providers split a content into parts, of which the text counts. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  const parts = value.map((part) => (typeof part === 'string' ? part : fieldOf(part, ['text'])));
  return parts.every((part) => typeof part === 'string') ? parts.join('\n\n') : null;
}

function fieldOf(value: unknown, keys: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = keys.find((name) => {
    const field: unknown = Reflect.get(value, name);
    return field !== undefined && field !== null;
  });
  return key === undefined ? undefined : Reflect.get(value, key);
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
