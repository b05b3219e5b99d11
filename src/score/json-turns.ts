import { parse as parseYaml } from 'yaml';
import { type ForeignTurn, severalMessage, type TellFault } from './foreign-turns.ts';
import {
  fieldOf,
  isNoSpeech,
  isTurn,
  type Place,
  plainMessage,
  speakerKeys,
  textKeys,
  turnOf,
} from './json-message.ts';
import { callOf, resultOf, sidesOf, talkOfRecord } from './json-shapes.ts';

/** Keys under which records hold a talk; the first that is there counts before any other key. */
const listKeys = [
  'messages',
  'turns',
  'conversation',
  'conversations',
  'transcript',
  'chat_history',
  'chat_messages',
  'history',
  'utterances',
  'dialogue',
  'dialog',
  'events',
  'segments',
  'sentences',
  'message_thread',
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

/** A talk as a list of records, or as text in which names stand before colons. */
type Talk = unknown[] | string;

/** Deeper records and longer lists than these hold no talk of people. */
const deepest = 7;
const mostEntries = 200_000;

/**
 * Reads JSON lines, or one JSON value that holds a list of turns, wherever it stands. What else a record holds is left alone. `part`: which
 * conversation of several; `readText` reads a talk that is kept as one text.
 */
export function parseJsonTurns(
  text: string,
  fault: TellFault,
  part: number | null = null,
  readText: (text: string) => ForeignTurn[] = () => [],
): ForeignTurn[] {
  const whole = parsed(text);
  const places = new Map<unknown, Place>();
  const lines = whole.ok ? [] : linesOf(text, places, fault);
  const talks = withoutBeginnings(whole.ok ? talksIn(whole.value, 0) : talksOfLines(lines, places));
  if (talks.length === 0) {
    fault(1, `this JSON holds no list of turns; known lists are ${listKeys.join(', ')}`);
    return [];
  }
  const wanted = talks.length > 1 ? talks[(part ?? 0) - 1] : talks[0];
  if (wanted === undefined) {
    const second = places.get(talks[1]?.[0])?.line ?? 1;
    fault(second, severalMessage(talks.length, isLog(whole) ? 'samples' : 'conversations'));
    return [];
  }
  if (typeof wanted === 'string') return readText(wanted);
  return inOrder(wanted).flatMap((value, index) => {
    if (isNoSpeech(value)) return [];
    return turnOf(plainMessage(value), places.get(value) ?? { line: 1, place: index + 1 }, fault) ?? [];
  });
}

/** Where each talk begins as the longest does (requests that grow, states of one thread), that one alone is left. */
function withoutBeginnings(talks: readonly Talk[]): Talk[] {
  const longest = talks.reduce<Talk>((one, other) => (other.length > one.length ? other : one), []);
  if (talks.length < 2 || typeof longest === 'string') return [...talks];
  const said = (turn: unknown) => {
    const message = plainMessage(turn);
    return JSON.stringify([fieldOf(message, speakerKeys), fieldOf(message, textKeys)]);
  };
  const whole = longest.map(said);
  const isPart = (talk: Talk) =>
    typeof talk !== 'string' && talk.every((turn, place) => said(turn) === whole[place]);
  const lengths = new Set(talks.map(({ length }) => length));
  return lengths.size === talks.length && talks.every(isPart) ? [longest] : [...talks];
}

function isLog(whole: ReturnType<typeof parsed>): boolean {
  return whole.ok && fieldOf(whole.value, ['eval']) !== undefined;
}

/** Chats that are kept the newest message first are read from their end. */
function inOrder(talk: readonly unknown[]): unknown[] {
  const times = talk.map((value) => {
    const time = fieldOf(value, [
      'timestamp_ms',
      'ts',
      'create_at',
      'created_at',
      'createdAt',
      'timestamp',
      'date',
    ]);
    return typeof time === 'string' && !/^[\d.]+$/.test(time) ? Date.parse(time) : Number(time);
  });
  const falls = times.every((time, place) => place === 0 || time < (times[place - 1] ?? 0));
  return talk.length > 1 && falls ? [...talk].reverse() : [...talk];
}

function linesOf(text: string, places: Map<unknown, Place>, fault: TellFault): unknown[] {
  return text.split('\n').flatMap((row, index): unknown[] => {
    if (row.trim() === '') return [];
    const found = parsed(row);
    if (!found.ok) {
      fault(index + 1, `this line is no JSON: ${found.message}`);
      return [];
    }
    places.set(found.value, { line: index + 1, place: 0 });
    return [found.value];
  });
}

/** Lines that are turns make one talk, or one for each of the conversations that they name; lines that hold talks make one each. */
function talksOfLines(lines: readonly unknown[], places: Map<unknown, Place>): Talk[] {
  const isEach = lines.filter((value) => isTurn(value) || isNoSpeech(value)).length * 2 >= lines.length;
  if (!isEach) {
    const held = lines.flatMap((value) =>
      talksIn(value, 1).map((talk) => {
        if (typeof talk === 'string') return talk;
        const line = places.get(value)?.line ?? 1;
        for (const [index, turn] of talk.entries()) places.set(turn, { line, place: index + 1 });
        return talk;
      }),
    );
    if (held.length > 0) return held;
  }
  // The first line of some chats says only who takes part.
  const [first] = lines;
  const isHead = isEach && !isTurn(first) && !isNoSpeech(first) && fieldOf(first, textKeys) === undefined;
  return talksNamed(isHead ? lines.slice(1) : lines);
}

/** Records by the conversation that each names; one list where they name none, or all the same. */
function talksNamed(entries: readonly unknown[]): unknown[][] {
  const keys = [
    'conversation_id',
    'debate_id',
    'dialogue_id',
    'dialog_id',
    'session_id',
    'thread_id',
    'chat_id',
  ];
  return [...Map.groupBy(entries, (entry) => String(fieldOf(entry, keys) ?? '')).values()];
}

/** The talks in a value, wherever they stand: lists of turns, and records of other shapes that are one. */
function talksIn(value: unknown, depth: number, at = ''): Talk[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return talksOfList(value, depth, at);
  const own = talkOfRecord(value);
  if (own) return [own];
  // A team of AutoGen keeps the talk once more for each agent.
  const thread = Object.values(fieldOf(value, ['agent_states']) ?? {}).find(
    (one) => fieldOf(one, ['message_thread']) !== undefined,
  );
  if (thread !== undefined) return talksIn(thread, depth + 1);
  const key = listKeys.find((name) => typeof fieldOf(value, [name]) === 'object');
  const inKey = key === undefined ? [] : talksIn(fieldOf(value, [key]), depth + 1, key);
  if (inKey.length > 0) return inKey;
  if (isTurn(value)) return depth === 0 ? [[value]] : [];
  const kept = listKeys
    .map((name) => fieldOf(value, [name]))
    .find((one) => typeof one === 'string' && /\n[^\n:]{1,60}: /.test(one));
  if (typeof kept === 'string') return [kept];
  // Elsewhere a talk counts where it stands alone; several under different keys are several talks.
  return Object.entries(value).flatMap(([name, inner]) => talksIn(inner, depth + 1, name));
}

function talksOfList(list: readonly unknown[], depth: number, at: string): Talk[] {
  if (list.length === 0 || list.length > mostEntries) return [];
  const turns = list.filter((entry) => isTurn(entry) || isNoSpeech(entry)).length;
  if (list.some(isTurn) && turns * 2 >= list.length) return talksNamed(list);
  const calls = list.map(callOf);
  if (calls.every((call) => call !== null)) return calls;
  const results = list.map(resultOf);
  if (results.every((result) => result !== null)) return [results];
  const sides = list.map((entry, place) => sidesOf(entry, place));
  if (sides.every((one) => one !== null)) return [sides.flat()];
  const held = list.map((entry) => talksIn(entry, depth + 1));
  const isOneTalk = list.every(
    (entry, place) => held[place]?.length === 1 && (partKeys.test(at) || isPart(entry)),
  );
  if (isOneTalk && held.flat().every((talk) => typeof talk !== 'string'))
    return [list.flatMap((entry, place) => withRound(held[place]?.[0] ?? [], entry))];
  return held.flat();
}

/** Keys of lists that cut one talk into parts. */
const partKeys = /^(?:rounds|sections|parts|phases|stages|chapters|channels|results)$/;

/** A round or a section of a talk, and no talk of its own. */
function isPart(entry: unknown): boolean {
  return fieldOf(entry, ['round', 'round_number', 'section', 'phase']) !== undefined;
}

function withRound(talk: Talk, entry: unknown): unknown[] {
  const round = fieldOf(entry, ['round', 'round_number']);
  if (typeof talk === 'string') return [];
  return talk.map((turn) => (typeof round === 'number' ? { round, ...(turn as object) } : turn));
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const mostYaml = 400_000;

/** Records in YAML that say who speaks; null where a text is none. */
export function recordsInYaml(text: string): unknown {
  const isNamed = /^ {0,8}(?:- )?["']?(?:speaker|role|name|author|agent|from)["']?: \S/m.test(text);
  const isSaid = /^ {0,8}["']?(?:text|content|message|utterance|speech|value)["']?:(?: |$)/m.test(text);
  const isResult = /^(?:evalId|results):/m.test(text);
  if (text.length > mostYaml || !((isNamed && isSaid) || isResult)) return null;
  try {
    const read: unknown = parseYaml(text, { logLevel: 'silent', maxAliasCount: 0, uniqueKeys: false });
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}
