import { parseHTML } from 'linkedom';

/** The little of the DOM that these tests look at; linkedom's nodes have this shape. */
interface PageNode {
  readonly id: string;
  readonly textContent: string;
  readonly parentElement: PageNode | null;
  readonly attributes: Iterable<{ name: string; value: string }>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  closest(selector: string): PageNode | null;
  querySelector(selector: string): PageNode | null;
  querySelectorAll(selector: string): ArrayLike<PageNode> & Iterable<PageNode>;
}

export interface PageDocument extends Pick<PageNode, 'querySelector' | 'querySelectorAll'> {
  getElementById(id: string): PageNode | null;
}

export function parsed(text: string): PageDocument {
  return parseHTML(text).document as unknown as PageDocument;
}
