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

/** Reads one line of JSON lines as strictly as the strictest loader. Numbers come as tokens. */
export function readRow(bytes: Uint8Array, isFirst: boolean): ReadRow {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (line.length > mostRowBytes) {
    const size = (line.length / 1e6).toFixed(1);
    return fault('too-large', `the row has ${size} MB; Arrow's JSON reader takes at most 10 MB`);
  }
  if (isFirst && line.subarray(0, 3).equals(byteOrderMark)) {
    return fault('byte-order-mark', 'the file begins with a byte order mark; save it as UTF-8 without one');
  }
  if (line.includes(0)) return fault('nul-bytes', 'the line holds NUL bytes');
  if (!isUtf8(line)) return fault('not-utf-8', 'the line is not UTF-8');
  if (separators.some((separator) => line.includes(separator))) {
    return fault(
      'line-separator',
      'the line holds a raw U+2028, U+2029 or U+0085, at which some readers break lines; write it escaped',
    );
  }
  return parsed(line.toString('utf8'));
}

function parsed(text: string): ReadRow {
  if (text.trim() === '') return fault('blank-line', 'the line is blank');
  let row: unknown;
  try {
    row = JSON.parse(text, reviveNumbers);
  } catch {
    return fault('bad-json', 'the line is not JSON');
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row) || row instanceof NumberToken) {
    return fault('not-a-row', 'the line is JSON but not an object');
  }
  const lone = loneSurrogate(row, '');
  if (lone !== null)
    return fault('lone-surrogate', `${lone} holds a lone surrogate, which is not valid Unicode`);
  return { ok: true, row: row as Record<string, unknown> };
}

/** The third argument is the text of the value; the types of TypeScript do not know it yet. */
function reviveNumbers(this: unknown, _key: string, value: unknown, ...rest: unknown[]): unknown {
  if (typeof value !== 'number') return value;
  const [context] = rest as [{ source?: string } | undefined];
  return new NumberToken(context?.source ?? String(value));
}

function loneSurrogate(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.isWellFormed() ? null : path;
  if (typeof value !== 'object' || value === null || value instanceof NumberToken) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = loneSurrogate(inner, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function fault(reason: FaultReason, message: string): ReadRow {
  return { ok: false, reason, message };
}

type Kind = 'text' | 'whole number' | 'decimal' | 'true or false' | 'list' | 'group';

/** Remembers what each column of a table held, over rows and over files. */
export interface ColumnKinds {
  /** What a row adds that does not fit what was there before. */
  clashesOf(row: Record<string, unknown>): string[];
}

/**
 * Arrow gives each column one type. Text beside numbers fails; whole numbers beside decimals fail or not by where a
 * block of the file ends, which is worse. Each clash is told once.
 */
export function createColumnKinds(): ColumnKinds {
  const kinds = new Map<string, Kind>();
  const told = new Set<string>();

  const note = (path: string, value: unknown, clashes: string[]): void => {
    const kind = kindOf(value);
    if (kind === null) return;
    const before = kinds.get(path);
    if (before === undefined) kinds.set(path, kind);
    else if (before !== kind && !told.has(`${path} ${kind}`)) {
      told.add(`${path} ${kind}`);
      clashes.push(`column ${path} is ${kind} here and ${before} before`);
    }
    if (Array.isArray(value)) for (const item of value) note(`${path}[]`, item, clashes);
    else if (kind === 'group') {
      for (const [key, inner] of Object.entries(value as object)) note(`${path}.${key}`, inner, clashes);
    }
  };

  return {
    clashesOf(row) {
      const clashes: string[] = [];
      for (const [key, value] of Object.entries(row)) note(key, value, clashes);
      return clashes;
    },
  };
}

function kindOf(value: unknown): Kind | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  if (value instanceof NumberToken) return value.isWhole ? 'whole number' : 'decimal';
  return Array.isArray(value) ? 'list' : 'group';
}
