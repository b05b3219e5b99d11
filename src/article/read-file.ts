import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import {
  type ArticleFailure,
  type ByteStream,
  mostBytes,
  mostPackedBytes,
  type RawDocument,
} from './types.ts';

/** A PDF, or a ZIP archive as Word and EPUB are. */
function isPacked(bytes: Buffer): boolean {
  return /^(?:%PDF-|PK\x03\x04)/.test(bytes.subarray(0, 5).toString('latin1'));
}

/** Reads a file, or anything that reads like one, such as a pipe of the shell. */
export async function readArticleFile(path: string): Promise<Outcome<RawDocument, ArticleFailure>> {
  try {
    const read = await boundedBytes(createReadStream(path));
    return success({ ...read, name: path, origin: basename(path), contentType: '', form: formOf(path) });
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Outcome<never, ArticleFailure> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return failure('not-found', `${path} does not exist. Check the path.`);
    case 'EISDIR':
      return failure('not-readable', `${path} is a folder. Give the article's file.`);
    case 'EACCES':
    case 'EPERM':
      return failure('not-readable', `${path} cannot be read. Check its permissions.`);
    default:
      if (typeof code !== 'string') throw error;
      return failure('not-readable', `${path} cannot be read (${code}). Check the file.`);
  }
}

function formOf(path: string): RawDocument['form'] {
  if (/\.x?html?$/i.test(path)) return 'html';
  return /\.(md|markdown)$/i.test(path) ? 'text' : null;
}

/** What a stream gave: all of it, or the beginning of one that is longer than an article may be. */
interface BoundedBytes {
  bytes: Buffer;
  isWhole: boolean;
}

/** Reads a stream up to the most bytes of an article; no more is ever held, and the rest is not read. */
export async function boundedBytes(stream: ByteStream): Promise<BoundedBytes> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part);
    length += bytes.length;
    parts.push(bytes);
    const most = isPacked(parts[0] ?? bytes) ? mostPackedBytes : mostBytes;
    if (length > most) return { bytes: Buffer.concat(parts).subarray(0, most), isWhole: false };
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}
