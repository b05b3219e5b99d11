import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { remembering } from '../../text/memo.ts';
import type { Columns, ColumnType, Row } from '../column-types.ts';
import { columnsOf, type Format } from '../formats/training-format.ts';
import { provenanceColumns } from '../row-provenance.ts';
import { createParquetTable, type ParquetTable } from './parquet-file.ts';

/** Line breaks to some readers but not to JSON (NEL, U+2028, U+2029), C1 controls and the byte order mark. */
const troublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/;
const everyTroublesome = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * A row as one line of JSON without its newline. Keys stand in the columns' order; a decimal keeps its point, so that
 * no reader takes a column of 0, 1 and 0.5 for whole numbers; lone surrogates become U+FFFD.
 */
export function jsonRow(row: Row, columns: Columns): string {
  return `{${fieldsOf(row, columns)}}`;
}

function fieldsOf(row: Row, columns: Columns): string {
  const fields: string[] = [];
  for (const [name, type] of Object.entries(columns)) {
    const value = row[name];
    if (value === undefined && type.kind === 'integer' && type.isOptional) continue;
    fields.push(`${JSON.stringify(name)}:${jsonValue(value, type, name)}`);
  }
  return fields.join(',');
}

function jsonValue(value: unknown, type: ColumnType, name: string): string {
  switch (type.kind) {
    case 'text':
      return jsonText(expect<string>(typeof value === 'string', value, name));
    case 'integer':
      return String(expect<number>(Number.isSafeInteger(value), value, name));
    case 'decimal':
      return value === null ? 'null' : jsonDecimal(expect<number>(Number.isFinite(value), value, name));
    case 'truth':
      return String(expect<boolean>(typeof value === 'boolean', value, name));
    case 'list': {
      const items = expect<unknown[]>(Array.isArray(value), value, name);
      return `[${items.map((item) => jsonValue(item, type.of, name)).join(',')}]`;
    }
    case 'group': {
      const group = expect<Row>(typeof value === 'object' && value !== null, value, name);
      return `{${fieldsOf(group, type.fields)}}`;
    }
  }
}

/** Letters from which a text is worth remembering as JSON: system messages, the same in thousands of rows. */
const long = 8000;

function jsonText(value: string): string {
  return value.length < long ? quotedText(value) : quotedLong(value);
}

const quotedLong = remembering(32, quotedText);

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

/** A row that does not fit its columns is a bug in its maker. */
function expect<Value>(fits: boolean, value: unknown, name: string): Value {
  if (!fits) throw new TypeError(`column ${name} cannot hold ${JSON.stringify(value)}`);
  return value as Value;
}

const bufferBytes = 1 << 18;
const newline = 0x0a;

/** A file of lines, written in large pieces. Synchronous, so that whoever makes rows waits for the disk. */
interface LineFile {
  write(line: string): void;
  close(): void;
}

function createLineFile(path: string): LineFile {
  const file = openSync(path, 'wx');
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let used = 0;
  const flush = () => {
    writeWhole(file, buffer.subarray(0, used));
    used = 0;
  };
  return {
    write(line) {
      // A code unit has three bytes at most, so that what surely fits needs no buffer of its own.
      const most = line.length * 3 + 1;
      if (used + most > bufferBytes) flush();
      if (most > bufferBytes) return writeWhole(file, Buffer.from(`${line}\n`, 'utf8'));
      used += buffer.write(line, used, 'utf8');
      buffer[used++] = newline;
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

export type FileKind = 'jsonl' | 'parquet';

export interface Tables {
  /** `row` holds the format's own columns; where the row comes from is added, or kept beside it for bare formats. */
  write(format: Format, split: string, row: Row, provenance: Row): void;
  close(): void;
}

/** Characters that may wait for their row groups in all tables together: what Parquet costs in memory. */
const mostWaiting = 4 << 20;

interface Table {
  columns: Columns;
  lines: LineFile | null;
  parquet: ParquetTable | null;
  beside: LineFile | null;
}

/** One folder a format below `data/`, one file a split and kind, made with the first row. */
export function createTables(folder: string, kinds: readonly FileKind[], hasNotes: boolean): Tables {
  const tables = new Map<string, Table>();

  const open = (format: Format, split: string): Table => {
    const place = join(folder, 'data', format.name);
    mkdirSync(place, { recursive: true });
    const columns = columnsOf(format, hasNotes);
    const beside = join(folder, 'provenance', format.name);
    if (format.isBare) mkdirSync(beside, { recursive: true });
    return {
      columns,
      lines: kinds.includes('jsonl') ? createLineFile(join(place, `${split}.jsonl`)) : null,
      parquet: kinds.includes('parquet')
        ? createParquetTable(columns, (shard) =>
            join(place, `${split}-${String(shard).padStart(5, '0')}.parquet`),
          )
        : null,
      beside: format.isBare ? createLineFile(join(beside, `${split}.jsonl`)) : null,
    };
  };

  const makeRoom = () => {
    const parquets = [...tables.values()].flatMap(({ parquet }) => parquet ?? []);
    const waiting = parquets.reduce((sum, parquet) => sum + parquet.waiting(), 0);
    if (waiting < mostWaiting) return;
    parquets.sort((one, other) => other.waiting() - one.waiting())[0]?.flush();
  };

  return {
    write(format, split, row, provenance) {
      const key = `${format.name}/${split}`;
      const table = tables.get(key) ?? open(format, split);
      tables.set(key, table);
      const whole = format.isBare ? row : { ...row, ...provenance };
      const line = jsonRow(whole, table.columns);
      table.lines?.write(line);
      table.beside?.write(jsonRow(provenance, provenanceColumns));
      if (!table.parquet) return;
      table.parquet.write(whole, line.length);
      makeRoom();
    },
    close() {
      for (const { lines, parquet, beside } of tables.values()) {
        lines?.close();
        parquet?.close();
        beside?.close();
      }
    },
  };
}
