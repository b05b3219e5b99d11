import { parseHTML } from 'linkedom';
import type { HtmlDocument } from './html-dom.ts';

export function parsedPage(html: string): HtmlDocument {
  return parseHTML(withBody(html)).document;
}

const outerTag = /<\/?(?:!doctype|html|head|body)(?:\s[^<>]*)?>/gi;
const headTag = /<title[\s>][\s\S]{0,2000}?<\/title>|<(?:meta|link)\s[^<>]*>/gi;

/** HTML lets a page leave out the tags around its head and its text, and the parser does not add them. */
function withBody(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html;
  const pieces = html.replace(outerTag, '');
  const head = pieces.match(headTag)?.join('') ?? '';
  return `<html><head>${head}</head><body>${pieces.replace(headTag, '')}</body></html>`;
}
