import { describe, expect, it } from 'vitest';
import { carrierOf } from '../../src/article/carriers.ts';
import { cleanLine, cleanText, unprintableShare } from '../../src/article/clean-article-text.ts';
import { charsetOf, charsetOfHtml, looksLikeHtml } from '../../src/article/decode-text.ts';
import { documentOf } from '../../src/article/document-article.ts';
import { knownBinary } from '../../src/article/file-kind.ts';
import { isBeyondParsing } from '../../src/article/html-size.ts';
import { separatedParagraphs, withoutRepeats } from '../../src/article/paragraphs.ts';
import { splitFrontMatter, textArticle } from '../../src/article/text-article.ts';
import { hostileTexts, quickest } from '../helpers/hostile-texts.ts';

/** Milliseconds of processor time for half a megabyte. */
const most = 50;
const texts = hostileTexts(500_000);

const functions: Record<string, (text: string) => unknown> = {
  cleanText,
  cleanLine,
  unprintableShare,
  charsetOf,
  charsetOfHtml: (text) => charsetOfHtml(Buffer.from(text)),
  looksLikeHtml,
  knownBinary: (text) => knownBinary(Buffer.from(text)),
  isBeyondParsing,
  carrierOf: (text) => carrierOf(text, ''),
  separatedParagraphs,
  withoutRepeats,
  splitFrontMatter,
  textArticle,
};

describe('every function over text takes less than 100 ms a megabyte of anything', () => {
  it.each(Object.entries(functions))(
    '%s',
    (_name, work) => {
      const slow = texts.flatMap(([name, text]) => {
        const milliseconds = quickest(() => work(text), most);
        return milliseconds > most ? [`${name}: ${Math.round(milliseconds)} ms`] : [];
      });
      expect(slow).toEqual([]);
    },
    120_000,
  );
});

it('gives up a document that takes too long, and reads the next', async () => {
  const raw = (html: string) => ({
    bytes: Buffer.from(html),
    isWhole: true,
    name: 'page.html',
    origin: 'page.html',
    contentType: '',
    form: 'html' as const,
  });
  const deep = `<html><body>${'<div class="share">'.repeat(900)}${'word '.repeat(20_000)}${'<i>x</i>'.repeat(20_000)}</body></html>`;
  const began = performance.now();
  await documentOf(raw(deep));
  expect(performance.now() - began).toBeLessThan(15_000);
  const next = await documentOf(
    raw(`<html><body><p>${'A sentence of a page. '.repeat(20)}</p></body></html>`),
  );
  expect(next.ok).toBe(true);
}, 40_000);
