import { cleanText } from './clean-article-text.ts';
import { type HtmlElement, type HtmlNode, isElement, isText, nextNode } from './html-dom.ts';

const blocks = new Set(
  'address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer header hr li main ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);
const cells = new Set(['td', 'th']);

/** One paragraph of a page. */
export interface PageBlock {
  /** `- ` before an item, `## ` before a heading; empty elsewhere. */
  mark: string;
  text: string;
  /** Share of its characters that stand in links, 0..1. */
  linked: number;
  /** Its words outside of links. */
  plain: string;
  /** Does it hold a link to a network, where readers are called to follow or share, or to what is filed under the same words? */
  calls: boolean;
  /** The element that holds its first words. */
  within: HtmlNode | null;
}

/** The text below an element as paragraphs of Markdown: headings keep their rank, items their hyphen, a table's row is one line. */
export function blocksOf(root: HtmlElement): PageBlock[] {
  const found: PageBlock[] = [];
  let [words, plain, links, mark, calls] = ['', '', 0, '', false];
  let within: HtmlNode | null = null;
  const close = () => {
    const text = cleanText(words.replace(/\s+/g, ' '));
    const linked = words === '' ? 0 : 1 - plain.length / words.length;
    const block = { mark, text, linked, plain: plain.trim(), calls, within };
    [words, plain, calls] = ['', '', false];
    if (text === '') return;
    found.push(block);
    mark = '';
  };
  const put = (text: string) => {
    words += text;
    plain += text;
  };
  const enter = (node: HtmlNode) => {
    if (isText(node)) {
      const text = node.textContent ?? '';
      if (words.trim() === '') within = node.parentNode;
      words += text;
      if (links === 0) plain += text;
    }
    if (!isElement(node)) return;
    if (node.localName === 'a') {
      links += 1;
      calls ||= isCall(node);
    }
    if (node.localName === 'br') put(' ');
    else if (cells.has(node.localName)) put(words.trim() === '' ? '' : ' | ');
    else if (blocks.has(node.localName)) {
      close();
      // A paragraph inside an item or heading is that item or heading.
      mark = markOf(node.localName) || mark;
    }
  };
  const leave = (element: HtmlElement) => {
    if (element.localName === 'a') links -= 1;
    if (!blocks.has(element.localName) || cells.has(element.localName)) return;
    close();
    mark = '';
  };
  walk(root, enter, leave);
  close();
  return found;
}

/** A link to somebody's page in a network, a button to share, or a link to what is filed under the same words; what was posted there is none. */
function isCall(link: HtmlElement): boolean {
  const rel = link.getAttribute('rel') ?? '';
  const address = (link.getAttribute('href') ?? '').slice(0, 500);
  return (
    /\b(?:tag|category)\b/i.test(rel) ||
    (network.test(address) && !/\/status(?:es)?\/|\/p\/|watch\?/.test(address))
  );
}

const network =
  /^(?:https?:)?\/\/(?:[a-z]+\.)?(?:facebook|instagram|twitter|x|linkedin|pinterest|tiktok|youtube|whatsapp|telegram|threads|bsky|xing|vk|weibo)\.(?:com|net|org|app|ru|me)\/|^(?:https?:)?\/\/(?:t\.me|wa\.me|fb\.com)\//i;

export function textOfBlocks(found: readonly PageBlock[]): string {
  return found.map(({ mark, text }) => mark + text).join('\n\n');
}

function markOf(name: string): string {
  if (name === 'li') return '- ';
  return /^h[1-6]$/.test(name) ? `${'#'.repeat(Math.max(2, Number(name[1])))} ` : '';
}

/** Enters every node below the root and leaves every element, in the order of the text. */
function walk(root: HtmlNode, enter: (node: HtmlNode) => void, leave: (element: HtmlElement) => void): void {
  for (let node = root.firstChild; node; ) {
    enter(node);
    const next = nextNode(node, root, true);
    for (let at: HtmlNode | null = node; at && at !== root && !contains(at, next); at = at.parentNode) {
      if (isElement(at)) leave(at);
    }
    node = next;
  }
}

/** Is the next node, in the order of the text, still inside this one? */
function contains(element: HtmlNode, next: HtmlNode | null): boolean {
  return next !== null && next.parentNode === element;
}
