import { lookup as systemLookup } from 'node:dns/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Article } from '../debate/setup.ts';
import { documentOf, dossierOf, type ReadDocument } from './document-article.ts';
import { boundedBytes, readArticleFile } from './read-file.ts';
import type { ArticleFailure, ArticleSource, ByteStream, Lookup, RawDocument } from './types.ts';

export interface ReadArticleOptions {
  source: ArticleSource;
  /** How host names become addresses; the system's way unless given. */
  lookup?: Lookup;
  /** Which addresses may be connected to; those of the public internet unless given. */
  isAllowed?: (address: string) => boolean;
  /** True fetches from any address, those of the person's own network included. */
  allowPrivate?: boolean;
  /** Milliseconds a page may take, redirects and body included. */
  deadlineMs?: number;
  /** Environment variables, of which those that name proxies are followed; none unless given. */
  variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads an article from a file, an address or standard input, and cuts it into passages. Takes Markdown, plain text and
 * HTML in any usual encoding up to 2 MB, mail, saved pages, feeds of one entry and JSON records, and PDF, Word and EPUB
 * files up to 30 MB. Control characters, hidden text and a page's repeats are dropped. Its `sha256` is that of the
 * passages, two line ends between them.
 */
export async function readArticle(options: ReadArticleOptions): Promise<Outcome<Article, ArticleFailure>> {
  const read = await readDocument(options);
  return read.ok ? success(read.value.article) : read;
}

/** The same, with what it was read as and what was left out of it. */
export async function readDocument(
  options: ReadArticleOptions,
): Promise<Outcome<ReadDocument, ArticleFailure>> {
  const raw = await readSource(options);
  return raw.ok ? documentOf(raw.value) : raw;
}

/** Several documents as one article: passages numbered over all of them, each with its source. */
export async function readDossier(
  sources: readonly ArticleSource[],
  options: Omit<ReadArticleOptions, 'source'> = {},
): Promise<Outcome<ReadDocument, ArticleFailure>> {
  const read: ReadDocument[] = [];
  for (const source of sources) {
    const document = await readDocument({ ...options, source });
    if (!document.ok) return document;
    read.push(document.value);
  }
  const [only] = read;
  return success(only && read.length === 1 ? only : dossierOf(read));
}

async function readSource(options: ReadArticleOptions): Promise<Outcome<RawDocument, ArticleFailure>> {
  const { source } = options;
  switch (source.type) {
    case 'file':
      return readArticleFile(source.path);
    case 'stdin':
      return readStream(source.stream);
    case 'url': {
      // Loaded only here: most debates fetch nothing.
      const [{ fetchPage }, { isPublicAddress }] = await Promise.all([
        import('./fetch-page.ts'),
        import('./guard.ts'),
      ]);
      const isAllowed = options.allowPrivate ? () => true : (options.isAllowed ?? isPublicAddress);
      const lookup = options.lookup ?? ((hostname) => systemLookup(hostname, { all: true }));
      return fetchPage(source.url, {
        guard: { lookup, isAllowed },
        deadlineMs: options.deadlineMs ?? 20_000,
        variables: options.variables ?? {},
      });
    }
  }
}

async function readStream(stream: ByteStream): Promise<Outcome<RawDocument, ArticleFailure>> {
  const name = 'standard input';
  if (stream.isTTY) {
    return failure(
      'empty',
      'Nothing was piped into standard input. Pipe the article in, or give a file or an address.',
    );
  }
  return success({ ...(await boundedBytes(stream)), name, origin: '', contentType: '', form: null });
}
