import { gunzipSync } from 'node:zlib';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { unprintableShare } from './clean-article-text.ts';
import { charsetOf, charsetOfHtml, decodedText, looksLikeHtml } from './decode-text.ts';
import { isGzip, knownBinary } from './file-kind.ts';
import { isBeyondParsing } from './html-size.ts';
import { textArticle } from './text-article.ts';
import { type ArticleFailure, type FoundText, mostBytes, type RawDocument } from './types.ts';

/** Share of unprintable characters above which a document is no text. */
const mostUnprintable = 0.02;

/**
 * Finds the text of a document, whatever its form: chosen by its bytes, then by what a server or a file's name says. Costs
 * as much as the document makes it cost; `documentText` bounds that.
 */
export async function textOfDocument(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  if (isGzip(raw.bytes)) return gzipText(raw);
  const kind = knownBinary(raw.bytes);
  if (kind?.reader && raw.isWhole) return kind.reader(raw);
  if (kind && !kind.reader)
    return failure('binary', `${raw.name} is ${kind.name}; save its text first and pass that file.`);
  if (!raw.isWhole) return tooLarge(raw);
  const inHtml = raw.form === 'text' ? null : charsetOfHtml(raw.bytes);
  const decoded = await decodedText(raw.bytes, charsetOf(raw.contentType) ?? inHtml);
  if (unprintableShare(decoded.text) > mostUnprintable) {
    return failure('binary', `${raw.name} is not text. Give an article as text, Markdown or HTML.`);
  }
  const found = await inItsForm(raw, decoded.text);
  if (!found.ok || !decoded.isDetected) return found;
  return success({
    ...found.value,
    form: `${found.value.form} in ${decoded.encoding}, found from its bytes`,
  });
}

function tooLarge({ name }: RawDocument) {
  return failure(
    'too-large',
    `${name} is larger than ${mostBytes / 1_000_000} MB. Give the article alone, as text.`,
  );
}

/** Reads what a gzip file holds, in the form that its name says. */
async function gzipText(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  if (!raw.isWhole) return tooLarge(raw);
  try {
    const bytes = gunzipSync(raw.bytes, { maxOutputLength: mostBytes });
    const form = raw.form ?? (/\.x?html?\.gz$/i.test(raw.origin) ? 'html' : null);
    if (!isGzip(bytes)) return textOfDocument({ ...raw, bytes, form });
  } catch (error) {
    if (error instanceof RangeError) return tooLarge(raw);
  }
  return failure(
    'binary',
    `${raw.name} is a gzip archive that cannot be unpacked; save its text first and pass that file.`,
  );
}

async function inItsForm(raw: RawDocument, text: string): Promise<Outcome<FoundText, ArticleFailure>> {
  if (raw.form === 'html' || (raw.form === null && looksLikeHtml(text))) return pageText(raw.name, text);
  if (raw.form === 'text') return success(textArticle(text));
  const { carriedText, carrierOf } = await import('./carriers.ts');
  const carrier = carrierOf(text, raw.contentType);
  return carrier ? carriedText(carrier, raw, text, pageText) : success(textArticle(text));
}

/** Its libraries are loaded only here: most articles are text. */
async function pageText(name: string, html: string): Promise<Outcome<FoundText, ArticleFailure>> {
  if (isBeyondParsing(html)) {
    return failure(
      'not-readable',
      `${name} has more HTML elements than an article needs, or nests them too deep. Save its text to a file and pass that file.`,
    );
  }
  const { htmlArticle } = await import('./html-article.ts');
  return success(htmlArticle(html));
}
