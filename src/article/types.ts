import type { LookupAddress } from 'node:dns';

/** Where an article comes from. */
export type ArticleSource =
  | { type: 'file'; path: string }
  | { type: 'url'; url: string }
  | { type: 'stdin'; stream: ByteStream };

/** Bytes as they come; `isTTY` tells a keyboard from a pipe. */
export type ByteStream = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };

export type ArticleFailure =
  | 'not-found'
  | 'not-readable'
  | 'empty'
  | 'binary'
  | 'needs-library'
  | 'several'
  | 'too-slow'
  | 'too-large'
  | 'bad-address'
  | 'private-address'
  | 'unreachable'
  | 'timeout'
  | 'too-many-redirects'
  | 'refused-by-server';

/** Finds the addresses of a host name, as `dns.promises.lookup` with `all` does. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

/** A document as it was received, before anything is known of its text. */
export interface RawDocument {
  bytes: Buffer;
  /** False where only the beginning was read, since the rest is too long. */
  isWhole: boolean;
  /** For messages: the path, the address without its secrets, or "standard input". */
  name: string;
  /** Where it says it was published: an address, or a file's name; empty for standard input. */
  origin: string;
  /** The Content-Type of a server; empty elsewhere. */
  contentType: string;
  /** What a file's ending or a server's Content-Type says of its form; null leaves it to the content. */
  form: 'html' | 'text' | null;
}

/** What was found in a document: text in Markdown's paragraphs, and what it says of itself; unknown parts are empty. */
export interface FoundText {
  /** What it was read as, such as "a web page". */
  form: string;
  title: string;
  source: string;
  date: string;
  licence: string;
  text: string;
  leftOut: LeftOut[];
  /** Why this may be another text than the article, in words; absent where nothing speaks for that. */
  doubt?: string;
  /** Where documents have pages or chapters: each with its text, in place of `text`. */
  parts?: { place: string; text: string }[];
}

/** Something of a document that is no part of the article, and how often. */
export interface LeftOut {
  what: string;
  count: number;
}

/** Most bytes of an article, as they come out of any compression. */
export const mostBytes = 2_000_000;

/** Most bytes of documents whose pictures and fonts weigh more than their text: PDF, Word, EPUB. */
export const mostPackedBytes = 30_000_000;

/** What a person gave for an article: `-` is standard input, what has a scheme is an address, all else a file. */
export function articleSource(given: string, stdin: ByteStream): ArticleSource {
  if (given === '-') return { type: 'stdin', stream: stdin };
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? { type: 'url', url: given } : { type: 'file', path: given };
}
