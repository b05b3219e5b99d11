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
