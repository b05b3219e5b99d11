import { parseHTML } from 'linkedom';

/** Builds a page's elements. The outer tags of documents nested in others go, so that there is one head and one body. */
export function parsedPage(html: string): HtmlDocument {
  const { head, body } = partsOf(withoutRawText(decodedReferences(html)));
  return parseHTML(`<html><head>${head}</head><body>${body}</body></html>`).document;
}

const outerTag = /<\/?(?:!doctype|html|head|body)(?:\s[^<>]*)?>/gi;
const headTag = /<(?:meta|link|base)\s[^<>]*>/gi;

function partsOf(html: string): { head: string; body: string } {
  const title = firstTitle(html);
  const rest = title ? html.slice(0, title.start) + html.slice(title.end) : html;
  const head = (title?.text ?? '') + (rest.match(headTag)?.join('') ?? '');
  return { head, body: rest.replace(outerTag, '').replace(headTag, '') };
}

function firstTitle(html: string): { text: string; start: number; end: number } | null {
  const start = /<title[\s>]/i.exec(html)?.index;
  if (start === undefined) return null;
  const close = /<\/title\s*>/i.exec(html.slice(start, start + 4000));
  if (!close) return null;
  const end = start + close.index + close[0].length;
  return { text: html.slice(start, end), start, end };
}

/** Numbers of characters become the characters, but for those that mean something in HTML: a parser takes each for a text of its own. */
function decodedReferences(html: string): string {
  return html.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex, decimal) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    const isPlain = code > 0x9f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    const isSafe = code >= 0x20 && code < 0x7f && !'<>&"\'='.includes(String.fromCharCode(code));
    return isPlain || isSafe ? String.fromCodePoint(code) : whole;
  });
}

/** Scripts, styles and comments hold what looks like tags and is none. What JSON-LD says is read before. */
function withoutRawText(html: string): string {
  const kept: string[] = [];
  for (const { kind, start, end } of rawParts(html)) {
    const part = html.slice(start, end);
    if (kind === 'markup') kept.push(part);
    else if (kind === 'script') kept.push(formulaIn(part) || templateIn(part));
  }
  return kept.join(' ');
}

/** MathJax keeps formulas in scripts. */
function formulaIn(script: string): string {
  const formula = /^<script[^<>]{0,200}type\s*=\s*["']?math\/tex[^<>]{0,100}>([^<]{1,2000})/i.exec(
    script,
  )?.[1];
  return formula ? ` $${formula.trim()}$ ` : '';
}

/** Some blogs keep the text of a page in a script that is no program, and put it in place when it is shown. */
function templateIn(script: string): string {
  const text =
    /^<script[^<>]{0,200}type\s*=\s*["']?text\/(?:template|html)[^<>]{0,100}>([\s\S]*)$/i.exec(script)?.[1] ??
    '';
  return /<p[\s>]/i.test(text) && !/^\s*[[{]|\{\{|<%|\$\{/.test(text)
    ? text.replace(/<\/script\s*>$/i, '')
    : '';
}

/** A part of a page that is markup, or whose text is not: a comment, a script, a style. */
interface RawPart {
  kind: 'markup' | 'comment' | 'script' | 'style';
  start: number;
  end: number;
}

/** Cuts a page into markup and what only looks like it, in one pass: what is not closed reaches to the end. */
export function* rawParts(html: string): Generator<RawPart> {
  const opening = /<!--|<(script|style)(?=[\s>/])/gi;
  let at = 0;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const start = found.index;
    if (start > at) yield { kind: 'markup', start: at, end: start };
    const name = found[1]?.toLowerCase();
    const closing = name ? new RegExp(`</${name}\\s*>`, 'gi') : /-->/g;
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(html) ? closing.lastIndex : html.length;
    yield { kind: name === 'script' ? 'script' : name ? 'style' : 'comment', start, end };
    at = end;
    opening.lastIndex = end;
  }
  if (at < html.length) yield { kind: 'markup', start: at, end: html.length };
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
  textContent: string | null;
  getAttribute(name: string): string | null;
  removeAttribute(name: string): void;
  replaceWith(text: string): void;
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

/** Characters of text below each element, counted in one walk. */
export function textLengths(root: HtmlNode): Map<HtmlNode, number> {
  const lengths = new Map<HtmlNode, number>();
  const nodes: HtmlNode[] = [];
  for (let node: HtmlNode | null = root; node; node = nextNode(node, root, true)) nodes.push(node);
  for (const node of nodes.reverse()) {
    const own = isText(node) ? (node.textContent ?? '').length : (lengths.get(node) ?? 0);
    if (!isText(node)) lengths.set(node, own);
    const parent = node === root ? null : node.parentNode;
    if (parent) lengths.set(parent, (lengths.get(parent) ?? 0) + own);
  }
  return lengths;
}
