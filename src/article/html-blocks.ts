import { type HtmlElement, type HtmlNode, isElement, isText, nextNode } from './html-dom.ts';

const blocks = new Set(
  'address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer header hr li main ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6'.split(
    ' ',
  ),
);
const cells = new Set(['td', 'th']);

/** The text below an element as paragraphs of Markdown: headings keep their rank, items their hyphen, a table's row is one line. */
export function blocksOf(root: HtmlElement): string {
  const paragraphs: string[] = [];
  let words = '';
  let mark = '';
  const close = () => {
    const text = words.replace(/\s+/g, ' ').trim();
    words = '';
    if (text === '') return;
    paragraphs.push(mark + text);
    mark = '';
  };
  const enter = (node: HtmlNode) => {
    if (isText(node)) words += node.textContent ?? '';
    if (!isElement(node)) return;
    if (node.localName === 'br') words += ' ';
    else if (cells.has(node.localName)) words += words.trim() === '' ? '' : ' | ';
    else if (blocks.has(node.localName)) {
      close();
      // A paragraph inside an item or heading is that item or heading.
      mark = markOf(node.localName) || mark;
    }
  };
  const leave = (element: HtmlElement) => {
    if (!blocks.has(element.localName) || cells.has(element.localName)) return;
    close();
    mark = '';
  };
  walk(root, enter, leave);
  close();
  return paragraphs.join('\n\n');
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
