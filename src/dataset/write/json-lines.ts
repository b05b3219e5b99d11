import { closeSync, openSync, writeSync } from 'node:fs';
import { remembering, rememberingFor } from '../../text/memo.ts';
import type { Columns, ColumnType, Row } from '../column-types.ts';

/** Takes a row's JSON piece by piece. */
interface Sink {
  text(json: string): void;
  /** What is the same in many rows, encoded once. */
  bytes(encoded: Encoded): void;
}

interface Encoded {
  utf8: Buffer;
  /** Of the JSON as text. */
  characters: number;
}

type Encode = (value: unknown, sink: Sink) => void;

/**
 * A row as one line of JSON without its newline. Keys stand in the columns' order; a decimal keeps its point, so that
 * no reader takes a column of 0, 1 and 0.5 for whole numbers; lone surrogates become U+FFFD.
 */
export function jsonRow(row: Row, columns: Columns): string {
  const parts: string[] = [];
  const text = (json: string) => void parts.push(json);
  encoderOf(columns)(row, { text, bytes: ({ utf8 }) => text(utf8.toString('utf8')) });
  return parts.join('');
}

const encoderOf = rememberingFor((columns: Columns): Encode => {
  const fields = Object.entries(columns).map(([name, type]) => ({
    name,
    first: `{${JSON.stringify(name)}:`,
    later: `,${JSON.stringify(name)}:`,
    encode: encodingOf(type, name),
    mayLack: type.kind === 'integer' && type.isOptional === true,
  }));
  return (row, sink) => {
    let isEmpty = true;
    for (const { name, first, later, encode, mayLack } of fields) {
      const value = (row as Row)[name];
      if (mayLack && value === undefined) continue;
      sink.text(isEmpty ? first : later);
      encode(value, sink);
      isEmpty = false;
    }
    sink.text(isEmpty ? '{}' : '}');
  };
});

/** A value that does not fit its column is a bug in its maker. */
function encodingOf(type: ColumnType, name: string): Encode {
  const refused = (value: unknown) => new TypeError(`column ${name} cannot hold ${JSON.stringify(value)}`);
  switch (type.kind) {
    case 'text':
      return (value, sink) => {
        if (typeof value !== 'string') throw refused(value);
        if (value.length < long) sink.text(quotedText(value));
        else sink.bytes(encodedLong(value));
      };
    case 'integer':
      return (value, sink) => {
        if (!Number.isSafeInteger(value)) throw refused(value);
        sink.text(String(value));
      };
    case 'decimal':
      return (value, sink) => {
        if (value !== null && !Number.isFinite(value)) throw refused(value);
        sink.text(value === null ? 'null' : jsonDecimal(value as number));
      };
    case 'truth':
      return (value, sink) => {
        if (typeof value !== 'boolean') throw refused(value);
        sink.text(String(value));
      };
    case 'list': {
      const encodeItem = encodingOf(type.of, name);
      return (value, sink) => {
        if (!Array.isArray(value)) throw refused(value);
        sink.text('[');
        for (let place = 0; place < value.length; place++) {
          if (place > 0) sink.text(',');
          encodeItem(value[place], sink);
        }
        sink.text(']');
      };
    }
    case 'group': {
      const encodeGroup = encoderOf(type.fields);
      const encoded = rememberingFor((group: Row) => encodedOnce(jsonRow(group, type.fields)));
      return (value, sink) => {
        if (typeof value !== 'object' || value === null) throw refused(value);
        if (type.isShared) sink.bytes(encoded(value as Row));
        else encodeGroup(value, sink);
      };
    }
  }
}

/** Letters from which a text is worth remembering as JSON: system messages, the same in thousands of rows. */
const long = 8000;

const encodedLong = remembering(32, (text: string) => encodedOnce(quotedText(text)));

function encodedOnce(json: string): Encoded {
  return { utf8: Buffer.from(json, 'utf8'), characters: json.length };
}

/** Line breaks to some readers but not to JSON (NEL, U+2028, U+2029), C1 controls and the byte order mark. */
const troublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/;
const everyTroublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

function quotedText(value: string): string {
  const quoted = JSON.stringify(value.toWellFormed());
  if (!troublesome.test(quoted)) return quoted;
  return quoted.replace(
    everyTroublesome,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function jsonDecimal(value: number): string {
  const digits = JSON.stringify(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** A file of lines, written in large pieces. Synchronous, so that the maker of rows waits for the disk. */
export interface LineFile {
  /** Gives the characters of the row's line. */
  write(row: Row): number;
  close(): void;
}

const bufferBytes = 1 << 18;

/** null for the path counts characters and writes nothing. */
export function createLineFile(path: string | null, columns: Columns): LineFile {
  const file = path === null ? null : openSync(path, 'wx');
  const buffer = file === null ? null : Buffer.allocUnsafe(bufferBytes);
  const encode = encoderOf(columns);
  let used = 0;
  let characters = 0;
  /** Text that waits to be encoded: one large piece costs less than many small ones. */
  let waiting = '';

  const flush = () => {
    if (file !== null && buffer !== null) writeWhole(file, buffer.subarray(0, used));
    used = 0;
  };
  const put = (bytes: Uint8Array) => {
    if (file === null || buffer === null) return;
    if (used + bytes.length > bufferBytes) flush();
    if (bytes.length > bufferBytes) return writeWhole(file, bytes);
    buffer.set(bytes, used);
    used += bytes.length;
  };
  const putWaiting = () => {
    characters += waiting.length;
    // A code unit has three bytes at most.
    const most = waiting.length * 3;
    if (buffer !== null && most > bufferBytes) put(Buffer.from(waiting, 'utf8'));
    else if (buffer !== null) {
      if (used + most > bufferBytes) flush();
      used += buffer.write(waiting, used, 'utf8');
    }
    waiting = '';
  };
  const sink: Sink = {
    text(json) {
      waiting += json;
    },
    bytes({ utf8, characters: more }) {
      putWaiting();
      characters += more;
      put(utf8);
    },
  };

  return {
    write(row) {
      characters = -1;
      encode(row, sink);
      waiting += '\n';
      putWaiting();
      return characters;
    },
    close() {
      if (file === null) return;
      flush();
      closeSync(file);
    },
  };
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
