import { Readability } from '@mozilla/readability';
import { cleanLine, cleanText } from './clean-article-text.ts';
import { blocksOf } from './html-blocks.ts';
import { type HtmlDocument, type HtmlElement, isElement, nextNode } from './html-dom.ts';

/** Readability's time grows with the square of the depth, so pages beyond these are read without it. */
const deepest = 150;
const mostElements = 30_000;

/** What Readability makes of a page. */
interface ReadablePage {
  title: string;
  byline: string;
  siteName: string;
  date: string;
  text: string;
}

/** Readability's view of a page, which it takes apart; null where it finds none or would take too long. */
export function readingOf(document: HtmlDocument): ReadablePage | null {
  if (!isReadable(document)) return null;
  const reader = new Readability<HtmlElement>(document as never, {
    serializer: (node) => node as unknown as HtmlElement,
  });
  const found = reader.parse();
  if (!found?.content) return null;
  return {
    title: cleanLine(found.title ?? ''),
    byline: cleanLine(found.byline ?? '').slice(0, 100),
    siteName: cleanLine(found.siteName ?? '').slice(0, 100),
    date: /^\d{4}-\d{2}-\d{2}/.exec(found.publishedTime ?? '')?.[0] ?? '',
    text: cleanText(blocksOf(found.content)),
  };
}

function isReadable(document: HtmlDocument): boolean {
  let elements = 0;
  for (let node = document.firstChild; node; node = nextNode(node, document, true)) {
    if (isElement(node) && ++elements > mostElements) return false;
    if (!node.firstChild && depthOf(node) > deepest) return false;
  }
  return true;
}

function depthOf(node: { parentNode: unknown }): number {
  let depth = 0;
  for (
    let at = node.parentNode as typeof node | null;
    at && depth <= deepest;
    at = at.parentNode as typeof node | null
  )
    depth++;
  return depth;
}
