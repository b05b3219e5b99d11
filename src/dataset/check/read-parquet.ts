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

/** Turns what the reader gives for one value of a column into the form in which JSON lines are held to the rules. */
type Decode = (value: unknown, found: Broken) => unknown;

/** Where the first text of a row stands that is none; null where all of them are. */
interface Broken {
  path: string | null;
}

/** What is known of a column is worked out once, and not for each value. */
function decoderOf(column: SchemaTree, path: string): Decode {
  const item = itemOf(column);
  const decodeItem = item === column ? null : decoderOf(item, path);
  const fields = column.children.map(({ element, ...rest }) => ({
    name: element.name,
    decode: decoderOf({ element, ...rest }, path === '' ? element.name : `${path}.${element.name}`),
  }));
  const decode: Decode = (value, found) => {
    if (value === null || value === undefined) return null;
    if (Array.isArray(value)) return value.map((inner) => (decodeItem ?? decode)(inner, found));
    if (typeof value === 'bigint') return new NumberToken(String(value));
    if (typeof value === 'number') return numberOf(value, column);
    if (value instanceof BrokenText) {
      found.path ??= path;
      return value;
    }
    if (typeof value !== 'object' || fields.length === 0) return value;
    const group: Record<string, unknown> = {};
    for (const { name, decode: decodeField } of fields)
      group[name] = decodeField((value as Record<string, unknown>)[name], found);
    return group;
  };
  return decode;
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
    const decode = decoderOf(parquetSchema(metadata), '');
    let rowStart = 0;
    for (const { num_rows: rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(rows);
      const group = await parquetReadObjects({ file, metadata, rowStart, rowEnd, ...options });
      for (const row of group) yield readRow(row, decode);
      rowStart = rowEnd;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    yield { ok: false, reason: 'bad-parquet', message: `it cannot be read as Parquet: ${why.slice(0, 200)}` };
  } finally {
    await handle.close();
  }
}

function readRow(read: ParquetRow, decode: Decode): ReadRow {
  const found: Broken = { path: null };
  const row = decode(read, found) as Record<string, unknown>;
  return found.path === null
    ? { ok: true, row }
    : { ok: false, reason: 'not-utf-8', message: `${found.path} is not UTF-8` };
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
