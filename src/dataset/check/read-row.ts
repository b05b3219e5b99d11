import { isUtf8 } from 'node:buffer';
import type { FaultReason } from './fault-log.ts';

/** Most bytes of a row: Arrow's JSON reader, which Hugging Face uses, takes blocks of 10 MB and no row across two. */
const mostRowBytes = 10_000_000;

/** A number as it is written, since 1 and 1.0 are the same to JSON and not to Arrow. */
export class NumberToken {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  get isWhole(): boolean {
    return /^-?\d+$/.test(this.source);
  }
}

export type ReadRow =
  | { ok: true; row: Record<string, unknown> }
  | { ok: false; reason: FaultReason; message: string };

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const separators = [
  Buffer.from([0xe2, 0x80, 0xa8]),
  Buffer.from([0xe2, 0x80, 0xa9]),
  Buffer.from([0xc2, 0x85]),
];

/** Bytes from which the first long text of a line is remembered: a system message, the same in thousands of rows. */
const longText = 4096;
const mostHeads = 32;
/** Stands for a remembered text where the rest of its line is parsed. */
const mark = 'parley: a text read before';

/** The beginning of a line as far as the end of its first long text. */
interface Head {
  bytes: Buffer;
  /** The same as JSON, with the mark in the place of the text. */
  json: string;
  text: string;
}

/** Reads lines of JSON as strictly as the strictest loader. Numbers come as tokens. What lines begin with alike is decoded once. */
export function createRowReader(): (bytes: Uint8Array, isFirst: boolean) => ReadRow {
  const heads: Head[] = [];

  const headOf = (line: Buffer): Head | null => {
    const place = heads.findIndex(
      ({ bytes: { length }, bytes }) => line.length > length && bytes.compare(line, 0, length) === 0,
    );
    const [found] = place < 0 ? [] : heads.splice(place, 1);
    if (found) heads.unshift(found);
    return found ?? null;
  };
  const learn = (line: Buffer) => {
    const head = line.length < longText ? null : firstLongText(line);
    if (head === null) return;
    heads.unshift(head);
    heads.splice(mostHeads);
  };

  return (bytes, isFirst) => {
    const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (line.length > mostRowBytes) {
      const size = (line.length / 1e6).toFixed(1);
      return fault('too-large', `the row has ${size} MB; Arrow's JSON reader takes at most 10 MB`);
    }
    if (isFirst && line.subarray(0, 3).equals(byteOrderMark)) {
      return fault('byte-order-mark', 'the file begins with a byte order mark; save it as UTF-8 without one');
    }
    const head = headOf(line);
    const rest = head ? line.subarray(head.bytes.length) : line;
    if (rest.includes(0)) return fault('nul-bytes', 'the line holds NUL bytes');
    if (!isUtf8(rest)) return fault('not-utf-8', 'the line is not UTF-8');
    if (separators.some((separator) => rest.includes(separator))) {
      return fault(
        'line-separator',
        'the line holds a raw U+2028, U+2029 or U+0085, at which some readers break lines; write it escaped',
      );
    }
    const after = rest.toString('utf8');
    if (head && !after.includes(mark)) return parsed(head.json + after, head.text);
    const read = parsed(head ? line.toString('utf8') : after, null);
    if (read.ok && !head) learn(line);
    return read;
  };
}

/** Bounded by the bytes before a text: what has none near its beginning is not searched for one. */
function firstLongText(line: Buffer): Head | null {
  for (let open = line.indexOf(quote), strings = 0; open >= 0 && strings < 16; strings++) {
    let close = line.indexOf(quote, open + 1);
    while (close >= 0 && isEscaped(line, close)) close = line.indexOf(quote, close + 1);
    if (close < 0) return null;
    if (close - open >= longText) {
      // A key would be one too many: what follows it is no value's end.
      if (line[close + 1] === colon) return null;
      const bytes = Buffer.from(line.subarray(0, close + 1));
      const before = bytes.toString('utf8', 0, open);
      return {
        bytes,
        json: before + JSON.stringify(mark),
        text: JSON.parse(bytes.toString('utf8', open)) as string,
      };
    }
    open = line.indexOf(quote, close + 1);
  }
  return null;
}

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

function isEscaped(line: Uint8Array, place: number): boolean {
  let from = place;
  while (line[from - 1] === backslash) from--;
  return (place - from) % 2 === 1;
}

/** `text` is what the mark stands for. */
function parsed(json: string, text: string | null): ReadRow {
  if (json.trim() === '') return fault('blank-line', 'the line is blank');
  let row: unknown;
  try {
    row = JSON.parse(json);
  } catch {
    return fault('bad-json', 'the line is not JSON');
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return fault('not-a-row', 'the line is JSON but not an object');
  }
  const reading: Reading = { numbers: numbersIn(json), next: 0, isInOrder: true, text, lone: null };
  settle(row as Record<string, unknown>, '', reading);
  const { lone, numbers, next, isInOrder } = reading;
  if (lone !== null)
    return fault('lone-surrogate', `${lone} holds a lone surrogate, which is not valid Unicode`);
  const isWhole = isInOrder && next === numbers.length;
  return { ok: true, row: (isWhole ? row : revived(json, text)) as Record<string, unknown> };
}

/** Numbers of a JSON text as they are written, in order. */
function numbersIn(json: string): string[] {
  const numbers: string[] = [];
  for (let from = 0; from < json.length; ) {
    const open = json.indexOf('"', from);
    const end = open < 0 ? json.length : open;
    // Between two texts there is mostly a colon or a comma.
    if (end - from > 1)
      for (const found of json.slice(from, end).matchAll(/-?\d[\d.eE+-]*/g)) numbers.push(found[0]);
    if (open < 0) break;
    let close = json.indexOf('"', open + 1);
    while (isBehindBackslash(json, close)) close = json.indexOf('"', close + 1);
    from = close + 1;
  }
  return numbers;
}

function isBehindBackslash(json: string, place: number): boolean {
  let from = place;
  while (json.charCodeAt(from - 1) === backslash) from--;
  return (place - from) % 2 === 1;
}

/** What is known on the way through a row. */
interface Reading {
  /** Numbers as they are written, in order. */
  numbers: readonly string[];
  next: number;
  /** False where numbers do not come in the order in which they are written: keys that are numbers, or come twice. */
  isInOrder: boolean;
  /** What the mark stands for. */
  text: string | null;
  /** Where the first text stands that is no Unicode. */
  lone: string | null;
}

/** Puts tokens in place of numbers, and a text in place of its mark. */
function settle(group: Record<string, unknown> | unknown[], path: string, reading: Reading): void {
  if (Array.isArray(group)) {
    for (let place = 0; place < group.length; place++)
      group[place] = settled(group[place], String(place), path, reading);
    return;
  }
  for (const key in group) {
    if (isDigit(key.charCodeAt(0))) reading.isInOrder = false;
    group[key] = settled(group[key], key, path, reading);
  }
}

function settled(value: unknown, key: string, path: string, reading: Reading): unknown {
  if (typeof value === 'string') {
    if (value === mark && reading.text !== null) return reading.text;
    if (!value.isWellFormed()) reading.lone ??= placeIn(path, key);
  } else if (typeof value === 'number') {
    const source = reading.numbers[reading.next++] ?? '';
    if (Number(source) !== value) reading.isInOrder = false;
    return new NumberToken(source);
  } else if (typeof value === 'object' && value !== null) {
    settle(value as Record<string, unknown>, placeIn(path, key), reading);
  }
  return value;
}

function placeIn(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The same with each number's own text, however its keys are ordered. The types of TypeScript do not know the third argument yet. */
function revived(json: string, text: string | null): unknown {
  return JSON.parse(json, (_key, value, ...rest: unknown[]) => {
    if (value === mark && text !== null) return text;
    if (typeof value !== 'number') return value;
    const [context] = rest as [{ source?: string } | undefined];
    return new NumberToken(context?.source ?? String(value));
  });
}

function fault(reason: FaultReason, message: string): ReadRow {
  return { ok: false, reason, message };
}
