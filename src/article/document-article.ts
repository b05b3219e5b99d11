import { createHash } from 'node:crypto';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Article } from '../debate/setup.ts';
import { splitPassages } from '../grounding/passages.ts';
import { cleanLine, cleanText, unprintableShare } from './clean-article-text.ts';
import { charsetOf, charsetOfHtml, decodedText, looksLikeHtml } from './decode-text.ts';
import { knownBinary } from './file-kind.ts';
import { isBeyondParsing } from './html-size.ts';
import { withoutRepeats } from './paragraphs.ts';
import { textArticle } from './text-article.ts';
import { type ArticleFailure, type FoundText, mostBytes, type RawDocument } from './types.ts';

/** Share of unprintable characters above which a document is no text. */
const mostUnprintable = 0.02;

/** Makes an article of what was received, or says why that is none. */
export async function articleOf(raw: RawDocument): Promise<Outcome<Article, ArticleFailure>> {
  const kind = knownBinary(raw.bytes);
  if (kind) return failure('binary', `${raw.name} is ${kind}; save its text first, and give that.`);
  if (!raw.isWhole) {
    return failure(
      'too-large',
      `${raw.name} is larger than ${mostBytes / 1_000_000} MB. Give the article alone, as text.`,
    );
  }
  const inHtml = raw.form === 'text' ? null : charsetOfHtml(raw.bytes);
  const text = await decodedText(raw.bytes, charsetOf(raw.contentType) ?? inHtml);
  if (unprintableShare(text) > mostUnprintable) {
    return failure('binary', `${raw.name} is not text. Give an article as text, Markdown or HTML.`);
  }
  const isHtml = raw.form === 'html' || (raw.form === null && looksLikeHtml(text));
  if (isHtml && isBeyondParsing(text)) {
    return failure(
      'not-readable',
      `${raw.name} has more HTML elements than an article needs, or nests them too deep. Save its text to a file and give that.`,
    );
  }
  const found = isHtml ? await htmlFound(text) : textArticle(text);
  const passages = splitPassages(withoutRepeats(cleanText(found.text)));
  if (passages.length === 0) return failure('empty', emptyMessage(raw, isHtml));
  const sha256 = createHash('sha256')
    .update(passages.map((passage) => passage.text).join('\n\n'), 'utf8')
    .digest('hex');
  return success({ ...labelsOf(found, raw), sha256, passages });
}

/** Its libraries are loaded only here: most articles are text. */
async function htmlFound(html: string): Promise<FoundText> {
  const { htmlArticle } = await import('./html-article.ts');
  return htmlArticle(html);
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
