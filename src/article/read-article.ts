import { createHash } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns/promises';
import type { Article } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { splitPassages } from '../grounding/passages.ts';
import { boundedBytes } from './bounded-bytes.ts';
import { cleanLine, cleanText, unprintableShare } from './clean-text.ts';
import { charsetOf, charsetOfHtml, looksLikeHtml } from './declared-charset.ts';
import { decodedText } from './decode-text.ts';
import { knownBinary } from './file-kind.ts';
import { withoutRepeats } from './paragraphs.ts';
import { readArticleFile } from './read-file.ts';
import { textArticle } from './text-article.ts';
import type { ArticleFailure, ArticleSource, ByteStream, FoundText, Lookup, RawDocument } from './types.ts';

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
}

/** Share of unprintable characters above which a document is no text. */
const mostUnprintable = 0.02;

/**
 * Reads an article from a file, an address or standard input, and cuts it into passages. Takes Markdown, plain
 * text and HTML in UTF-8, UTF-16, Windows-1252 or a declared encoding, up to 2 MB. Control characters, hidden text
 * and repeated paragraphs are dropped. Its `sha256` is that of the passages, two line ends between them.
 */
export async function readArticle(options: ReadArticleOptions): Promise<Outcome<Article, ArticleFailure>> {
  const raw = await readSource(options);
  return raw.ok ? articleOf(raw.value) : raw;
}

async function readSource(options: ReadArticleOptions): Promise<Outcome<RawDocument, ArticleFailure>> {
  const { source } = options;
  switch (source.type) {
    case 'file':
      return readArticleFile(source.path);
    case 'stdin':
      return readStream(source.stream);
    case 'url': {
      const [{ fetchPage }, { isPublicAddress }] = await Promise.all([
        import('./fetch-page.ts'),
        import('./public-address.ts'),
      ]);
      const isAllowed = options.allowPrivate ? () => true : (options.isAllowed ?? isPublicAddress);
      const lookup = options.lookup ?? ((hostname) => systemLookup(hostname, { all: true }));
      return fetchPage(source.url, {
        guard: { lookup, isAllowed },
        deadlineMs: options.deadlineMs ?? 20_000,
      });
    }
  }
}

async function readStream(stream: ByteStream): Promise<Outcome<RawDocument, ArticleFailure>> {
  const name = 'standard input';
  if (stream.isTTY) {
    return failure(
      'empty',
      'Nothing is piped into standard input. Use it as in: cat article.txt | parley run --article -',
    );
  }
  return success({ ...(await boundedBytes(stream)), name, origin: '', contentType: '', form: null });
}

async function articleOf(raw: RawDocument): Promise<Outcome<Article, ArticleFailure>> {
  const kind = knownBinary(raw.bytes);
  if (kind) return failure('binary', `${raw.name} is ${kind}; save its text first, and give that.`);
  if (!raw.isWhole) {
    return failure(
      'too-large',
      `${raw.name} is larger than ${mostBytes / 1_000_000} MB. Give the article alone, as text.`,
    );
  }
  const text = await decodedText(raw.bytes, charsetOf(raw.contentType) ?? charsetOfHtml(raw.bytes));
  if (unprintableShare(text) > mostUnprintable) {
    return failure('binary', `${raw.name} is not text. Give an article as text, Markdown or HTML.`);
  }
  const isHtml = raw.form === 'html' || (raw.form === null && looksLikeHtml(text));
  const found = isHtml
    ? await (await import('./html-article.ts')).htmlArticle(text)
    : await textArticle(text);
  const passages = splitPassages(withoutRepeats(cleanText(found.text)));
  if (passages.length === 0) return failure('empty', emptyMessage(raw, isHtml));
  const sha256 = createHash('sha256')
    .update(passages.map((passage) => passage.text).join('\n\n'), 'utf8')
    .digest('hex');
  return success({ ...labelsOf(found, raw), sha256, passages });
}

function labelsOf(
  found: FoundText,
  raw: RawDocument,
): Pick<Article, 'title' | 'source' | 'date' | 'licence'> {
  const isAddress = /^https?:/.test(raw.origin);
  const source = isAddress
    ? [found.source, raw.origin].filter(Boolean).join(', ')
    : found.source || raw.origin;
  return {
    title: cleanLine(found.title) || titleFrom(raw, isAddress),
    source: cleanLine(source) || 'standard input',
    date: cleanLine(found.date),
    licence: cleanLine(found.licence),
  };
}

function titleFrom(raw: RawDocument, isAddress: boolean): string {
  if (isAddress) return new URL(raw.origin).hostname;
  return cleanLine(raw.origin.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ')) || 'An article';
}

function emptyMessage(raw: RawDocument, isHtml: boolean): string {
  return isHtml
    ? `${raw.name} has no text to read: it may be drawn by scripts, or stand behind a login or a subscription. Open it in a browser, save the article’s text to a file and give that.`
    : `${raw.name} is empty. Give an article with at least one paragraph.`;
}
