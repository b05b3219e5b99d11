import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { unprintableShare } from '../article/clean-article-text.ts';
import { decodedText } from '../article/decode-text.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { readTextFile } from '../prompts/text-file.ts';
import { conversationColumn, isTable } from './json-turns.ts';
import { textOfMarkup } from './markup-text.ts';

/** The text of a transcript's file, and what it was where that was no text. */
export interface TranscriptContent {
  content: string;
  /** As reports name it; null for text, whose kind the content tells. */
  form: string | null;
  /** What the text was taken from, as reports name it; absent where the file is the text. */
  carrier?: string;
}

/** Most bytes of a packed file, and of what is unpacked from it. */
const mostPacked = 100_000_000;

/** Most bytes of a text, as of every other. */
const mostText = 2_000_000;

/** Most rows of a table that is one talk. */
const mostRows = 50_000;

/**
 * Reads a transcript's file: text in any encoding, a Word document, a PDF, an Inspect log (`.eval`) or a Parquet table. The last two become
 * JSON; `part` is the conversation that is wanted.
 */
export async function transcriptContent(
  path: string,
  part: number | null,
): Promise<Outcome<TranscriptContent, 'unreadable'>> {
  const size = (await stat(path)).size;
  const bytes = size > mostPacked ? null : await readFile(path);
  const start = bytes?.subarray(0, 4).toString('latin1') ?? '';
  if (bytes && start === 'PK\x03\x04') return archiveContent(path, bytes);
  if (bytes && start === 'PAR1') return tableContent(path, bytes, part);
  if (bytes && start === '%PDF') return pdfContent(path, bytes);
  const read = readTextFile(dirname(path), basename(path));
  if (read.ok) return success({ content: read.text, form: null });
  const decoded = bytes && bytes.length <= mostText ? await decodedText(bytes, null) : null;
  return decoded?.isDetected === false || (decoded && unprintableShare(decoded.text) === 0)
    ? success({ content: decoded.text, form: null, carrier: `text in ${decoded.encoding}` })
    : failure('unreadable', `${path}: ${read.message}.`);
}

async function pdfContent(path: string, bytes: Buffer): Promise<Outcome<TranscriptContent, 'unreadable'>> {
  const { pdfLines } = await import('../article/pdf.ts');
  const read = await pdfLines({ bytes, name: path });
  return read.ok
    ? success({ content: read.value, form: null, carrier: 'a PDF' })
    : failure('unreadable', read.failure.message);
}

/** A ZIP archive: a Word document, or an Inspect log with one JSON file a sample. */
async function archiveContent(
  path: string,
  bytes: Buffer,
): Promise<Outcome<TranscriptContent, 'unreadable'>> {
  const { strFromU8, unzipSync } = await import('fflate');
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/^(?:samples\/[^/]+\.json|word\/document\.xml)$/.test(name)) return false;
        total += originalSize;
        return total <= mostPacked;
      },
    });
    const word = files['word/document.xml'];
    if (word)
      return success({ content: textOfMarkup(strFromU8(word)), form: null, carrier: 'a Word document' });
    const samples = Object.values(files).map((file) => {
      const { id, epoch, messages }: Record<string, unknown> = JSON.parse(strFromU8(file));
      return { id, epoch, messages };
    });
    if (total > mostPacked)
      return failure(
        'unreadable',
        `${path} unpacks to more than ${mostPacked / 1e6} MB, which is the most that is read.`,
      );
    if (samples.length === 0)
      return failure(
        'unreadable',
        `${path} is an archive without samples of Inspect. Give the transcript itself.`,
      );
    return success({ content: JSON.stringify({ eval: {}, samples }), form: 'an Inspect log' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure(
      'unreadable',
      `${path} cannot be unpacked (${why}). Convert it with: inspect log dump ${path} > log.json`,
    );
  }
}

/** Hyparquet itself undoes only Snappy. */
const compressors = {
  GZIP: (input: Uint8Array) => gunzipSync(input),
  BROTLI: (input: Uint8Array) => brotliDecompressSync(input),
  ZSTD: (input: Uint8Array) => zstdDecompressSync(input),
};

/** A table with a turn a row, or one with a conversation a row, of which only the wanted row is read. */
async function tableContent(
  path: string,
  bytes: Buffer,
  part: number | null,
): Promise<Outcome<TranscriptContent, 'unreadable'>> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    const rows = Number(metadata.num_rows);
    const conversation = conversationColumn(names);
    if (!isTable(names) && conversation === null)
      return failure(
        'unreadable',
        `${path} has the columns ${names.join(', ')}, and none of them say who speaks and what.`,
      );
    const isEach = !isTable(names);
    if (isEach && rows > 1 && (part === null || part > rows))
      return failure(
        'unreadable',
        `${path} holds ${rows} conversations. Name one: ${path}#1 to ${path}#${rows}.`,
      );
    if (!isEach && rows > mostRows)
      return failure('unreadable', `${path} has ${rows} rows, and at most ${mostRows} are read as one talk.`);
    const range = isEach ? { rowStart: (part ?? 1) - 1, rowEnd: part ?? 1 } : {};
    const records = await parquetReadObjects({ file, metadata, compressors, ...range });
    const content = JSON.stringify(isEach ? records[0] : records, (_key, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    return success({ content, form: 'a Parquet table' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure(
      'unreadable',
      `${path} cannot be read as a Parquet table (${why}). Save it as JSON lines or CSV.`,
    );
  }
}
