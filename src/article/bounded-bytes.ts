import { type ByteStream, mostBytes } from './types.ts';

/** What a stream gave: all of it, or the beginning of one that is longer than an article may be. */
export interface BoundedBytes {
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
    if (length > mostBytes)
      return { bytes: Buffer.concat([...parts, bytes]).subarray(0, mostBytes), isWhole: false };
    parts.push(bytes);
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}
