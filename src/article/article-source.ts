import type { ArticleSource, ByteStream } from './types.ts';

/** What a person gave for an article: `-` is standard input, what has a scheme is an address, all else a file. */
export function articleSource(given: string, stdin: ByteStream): ArticleSource {
  if (given === '-') return { type: 'stdin', stream: stdin };
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? { type: 'url', url: given } : { type: 'file', path: given };
}
