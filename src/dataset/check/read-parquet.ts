import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { BrokenText, brokenTextIn, rowOfParquet } from './parquet-values.ts';
import type { ReadRow } from './read-row.ts';

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
