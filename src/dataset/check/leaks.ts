import { hash } from 'node:crypto';
import { remembering } from '../../text/memo.ts';
import { isGroup } from './conversation-rules.ts';

/** Letters from which a text is put by its hash: system messages, the same in thousands of rows. */
const long = 8000;

const condensed = remembering(16, (text: string) => {
  const digest = `\0${hash('sha256', text, 'base64')}`;
  return { digest, saved: JSON.stringify(text).length - JSON.stringify(digest).length };
});

interface CondensedJson {
  json: string;
  length: number;
}

/** A value as JSON with the hash of each long text in its place, and the letters that the whole JSON would have. */
export function condensedJson(value: unknown): CondensedJson {
  const counted = { saved: 0 };
  const json = JSON.stringify(condense(value, counted));
  return { json, length: json.length + counted.saved };
}

/** Ahead of JSON.stringify, which is several times as fast without a function to ask about each value. */
function condense(value: unknown, counted: { saved: number }): unknown {
  if (typeof value === 'string') {
    if (value.length < long) return value;
    const { digest, saved } = condensed(value);
    counted.saved += saved;
    return digest;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => condense(item, counted));
  const group: Record<string, unknown> = {};
  for (const key in value) group[key] = condense((value as Record<string, unknown>)[key], counted);
  return group;
}

/**
 * In which split each of very many things was met first. Things are kept as 64 bits of their SHA-256 in typed arrays:
 * some 20 bytes each, so that the rows of a hundred thousand debates in all formats fit, and of ten million things two
 * are taken for one another with a chance of about 3 in a million.
 */
export interface SplitTable {
  /** True where the very same thing was met before, in whatever split. */
  isRepeated(thing: string): boolean;
  /** The split where the thing was met before, if that is another one and it was not told yet; else null. */
  clashOf(thing: string, split: string): string | null;
}

/** The highest bit of an entry's state: it stood in two splits, and that was told. */
const told = 0x80;

function keyOf(thing: string): [high: number, low: number] {
  const digest = hash('sha256', thing, 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}

export function createSplitTable(): SplitTable {
  const splits: string[] = [];
  let keys = new Uint32Array(2 * 1024);
  /** By slot: 0 where it is free, else 1 and more for the split, with the bit for told. */
  let states = new Uint8Array(1024);
  let count = 0;

  const slotOf = (high: number, low: number): number => {
    const mask = states.length - 1;
    let slot = low & mask;
    while (states[slot] !== 0 && (keys[2 * slot] !== high || keys[2 * slot + 1] !== low))
      slot = (slot + 1) & mask;
    return slot;
  };

  const grow = () => {
    const [oldKeys, oldStates] = [keys, states];
    keys = new Uint32Array(oldKeys.length * 2);
    states = new Uint8Array(oldStates.length * 2);
    for (const [old, state] of oldStates.entries()) {
      if (state !== 0) put(oldKeys[2 * old] as number, oldKeys[2 * old + 1] as number, state);
    }
  };

  const put = (high: number, low: number, state: number) => {
    const slot = slotOf(high, low);
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    states[slot] = state;
  };

  /** Names of splits are a handful, as file names tell them. */
  const stateOf = (split: string): number => {
    const known = splits.indexOf(split);
    return known >= 0 ? known + 1 : splits.push(split);
  };

  return {
    isRepeated(thing) {
      const [high, low] = keyOf(thing);
      if (states[slotOf(high, low)] !== 0) return true;
      if (++count * 4 > states.length * 3) grow();
      put(high, low, 1);
      return false;
    },
    clashOf(thing, split) {
      const [high, low] = keyOf(thing);
      const before = states[slotOf(high, low)] as number;
      const state = stateOf(split);
      if (before === 0) {
        if (++count * 4 > states.length * 3) grow();
        put(high, low, state);
        return null;
      }
      if (before === state || before >= told) return null;
      put(high, low, before | told);
      return splits[before - 1] ?? null;
    },
  };
}

/** Columns that name what must stay in one split. */
const groupColumns = ['split_group', 'group', 'group_id', 'article_sha256', 'debate', 'conversation_id'];

/** Looks for what stands in more than one split: the same group, the same row, the same prompt. */
export interface LeakWatch {
  /** What leaks, in words; each thing is told once. */
  leaksOf(row: Record<string, unknown>, split: string, folder: string): string[];
}

export function createLeakWatch(): LeakWatch {
  const table = createSplitTable();
  /** What stood in each column last: rows of one group mostly follow one another. */
  const last = new Map<string, string>();

  const leak = (thing: string, split: string, what: string): string[] => {
    const before = table.clashOf(thing, split);
    return before === null ? [] : [`${what} stands in ${before} and in ${split}`];
  };

  return {
    leaksOf(row, split, folder) {
      const groups = groupColumns.flatMap((column) => {
        const value = row[column];
        if (typeof value !== 'string' || value === '' || last.get(`${split} ${column}`) === value) return [];
        last.set(`${split} ${column}`, value);
        return leak(`${column}\n${value}`, split, `${column} ${value.slice(0, 60)}`);
      });
      const asked = askedIn(row);
      const same = asked === null ? [] : leak(`${folder}\n${asked.digest}`, split, 'the same prompt');
      return [...groups, ...same];
    },
  };
}

/** The split that a file is of, by its name; null where it names none. */
export function splitOfFile(path: string): string | null {
  const found = /(?:^|[/_.-])(train|training|validation|valid|val|dev|test|eval)(?=[/_.-])/i.exec(path)?.[1];
  if (!found) return null;
  const name = found.toLowerCase();
  if (name === 'training') return 'train';
  return ['valid', 'val', 'dev', 'eval'].includes(name) ? 'validation' : name;
}

/** What a row asks, apart from the answer that is learned. */
interface Asked {
  column: string;
  prompt: CondensedJson;
  /** Stands for the prompt, which may be long, in what is compared. */
  digest: string;
  /** The last message where the column holds it too; else null. */
  answer: unknown;
}

let lastAsked: { row: object; asked: Asked | null } | null = null;

/** null where nothing is asked. Of one row it is wanted twice. */
function askedIn(row: Record<string, unknown>): Asked | null {
  if (lastAsked?.row === row) return lastAsked.asked;
  const asked = foundIn(row);
  lastAsked = { row, asked };
  return asked;
}

function foundIn(row: Record<string, unknown>): Asked | null {
  const input = isGroup(row['input']) ? row['input']['messages'] : undefined;
  const whole = row['prompt'] ?? input;
  if (whole !== undefined) {
    const column = row['prompt'] === undefined || row['prompt'] === null ? 'input' : 'prompt';
    return askedFrom(column, whole, null);
  }
  const column = (row['messages'] ?? null) === null ? 'conversations' : 'messages';
  const spoken = row[column];
  if (!Array.isArray(spoken)) return null;
  const last = spoken.at(-1);
  const isAnswered = ['assistant', 'gpt'].includes(String(last?.role ?? last?.from));
  return isAnswered ? askedFrom(column, spoken.slice(0, -1), last) : askedFrom(column, spoken, null);
}

function askedFrom(column: string, asked: unknown, answer: unknown): Asked {
  const prompt = condensedJson(asked);
  return { column, prompt, digest: hash('sha256', prompt.json, 'base64'), answer };
}

/** What a trainer reads of a row, for comparison. */
export interface Learned {
  key: string;
  /** Letters of all of it as JSON. */
  length: number;
}

/** `columns` are those that a trainer reads; none stand for all. */
export function learnedIn(row: Record<string, unknown>, columns: readonly string[]): Learned {
  const asked = askedIn(row);
  const isApart = asked !== null && asked.column !== 'input' && columns.includes(asked.column);
  const rest =
    columns.length === 0
      ? row
      : columns.map((name) => (isApart && name === asked.column ? asked.answer : row[name]));
  const { json, length } = condensedJson(rest);
  return {
    key: isApart ? `${asked.digest}\n${json}` : json,
    length: length + (isApart ? asked.prompt.length : 0),
  };
}
