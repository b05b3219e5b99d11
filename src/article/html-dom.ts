import { parseHTML } from 'linkedom';

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

/** The little of the DOM that reading an article needs; linkedom's nodes have this shape. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly firstChild: HtmlNode | null;
  readonly nextSibling: HtmlNode | null;
  readonly parentNode: HtmlNode | null;
}

export interface HtmlElement extends HtmlNode {
  readonly localName: string;
  readonly id: string;
  readonly className: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): Iterable<HtmlElement>;
  remove(): void;
  replaceChildren(...children: HtmlElement[]): void;
}

export interface HtmlDocument extends HtmlElement {
  readonly documentElement: HtmlElement | null;
  readonly body: HtmlElement | null;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return node.nodeType === 1;
}

export function isText(node: HtmlNode): boolean {
  return node.nodeType === 3;
}

/**
 * The node after this one in the order of the text, staying inside `root`; `within` false skips its children.
 * Walking is done by steps, never by recursion: a page decides how deep its elements are nested.
 */
export function nextNode(node: HtmlNode, root: HtmlNode, within: boolean): HtmlNode | null {
  if (within && node.firstChild) return node.firstChild;
  for (let at: HtmlNode | null = node; at && at !== root; at = at.parentNode) {
    if (at.nextSibling) return at.nextSibling;
  }
  return null;
}
