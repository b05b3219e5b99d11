import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type ParquetParsers,
  type ParquetRow,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { NumberToken, type ReadRow } from './read-row.ts';

/** Bytes of a text column that are no UTF-8. */
class BrokenText {}

/** A row of Parquet in the form in which rows of JSON lines are held to the rules: numbers as tokens by their column's type. */
function rowOfParquet(row: ParquetRow, { children }: SchemaTree): Record<string, unknown> {
  return Object.fromEntries(
    children.map((column) => [column.element.name, decoded(row[column.element.name], column)]),
  );
}

/** Where a row holds bytes that are no text; null where all of it is. */
function brokenTextIn(value: unknown, path = ''): string | null {
  if (value instanceof BrokenText) return path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = brokenTextIn(inner, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function decoded(value: unknown, column: SchemaTree): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const inner = itemOf(column);
    return value.map((item) => decoded(item, inner));
  }
  if (typeof value === 'bigint') return new NumberToken(String(value));
  if (typeof value === 'number') return numberOf(value, column);
  if (typeof value !== 'object' || column.children.length === 0 || value instanceof BrokenText) return value;
  const fields = Object.entries(value).map(([name, inner]) => {
    const field = column.children.find(({ element }) => element.name === name);
    return [name, field ? decoded(inner, field) : inner];
  });
  return Object.fromEntries(fields);
}

/** The items of a list stand two levels below it, or, as older writers have it, one; a repeated column is its own item. */
function itemOf(column: SchemaTree): SchemaTree {
  const [only, ...others] = column.children;
  if (!only || others.length > 0 || only.element.repetition_type !== 'REPEATED') return column;
  return only.children.length === 1 ? (only.children[0] ?? only) : only;
}

function numberOf(value: number, { element }: SchemaTree): NumberToken {
  const digits = String(value);
  const isWhole = element.type === 'INT32' && element.converted_type !== 'DECIMAL';
  return new NumberToken(isWhole || !/^-?\d+$/.test(digits) ? digits : `${digits}.0`);
}

/** The rows of a Parquet file, one row group in memory at a time. A file that cannot be read ends with a fault. */
export async function* readParquet(path: string): AsyncGenerator<ReadRow> {
  const handle = await open(path, 'r');
  try {
    const file = bufferOf(handle, (await handle.stat()).size);
    const metadata = await parquetMetadataAsync(file);
    const schema = parquetSchema(metadata);
    let rowStart = 0;
    for (const { num_rows: rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(rows);
      const group = await parquetReadObjects({ file, metadata, rowStart, rowEnd, ...options });
      for (const row of group) yield readRow(rowOfParquet(row, schema));
      rowStart = rowEnd;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    yield { ok: false, reason: 'bad-parquet', message: `it cannot be read as Parquet: ${why.slice(0, 200)}` };
  } finally {
    await handle.close();
  }
}

function readRow(row: Record<string, unknown>): ReadRow {
  const broken = brokenTextIn(row);
  return broken === null
    ? { ok: true, row }
    : { ok: false, reason: 'not-utf-8', message: `${broken} is not UTF-8` };
}

/** Keeps a byte order mark, which is a part of the text here. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const parsers: Partial<ParquetParsers> = {
  stringFromBytes: (bytes: Uint8Array | undefined) =>
    bytes && (isUtf8(bytes) ? decoder.decode(bytes) : new BrokenText()),
};

/** Snappy is the reader's own. */
const compressors: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
};

/** Bytes that the file does not call text stay bytes: Arrow takes them for binary, and trainers for no text. */
const options = { parsers, compressors, utf8: false, geoparquet: false };

/** Reads through one open file: a row group is as many reads as there are columns. */
function bufferOf(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start, end = byteLength) {
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
        if (bytesRead === 0) throw new Error('the file ends too early');
        at += bytesRead;
      }
      return bytes.buffer;
    },
  };
}
