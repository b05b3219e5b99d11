import { cleanLine, cleanText } from './clean-text.ts';
import { blocksOf } from './html-blocks.ts';
import { type HtmlDocument, type HtmlElement, isElement, nextNode } from './html-dom.ts';
import { removeNoise, removeSurroundings } from './html-noise.ts';
import type { FoundText } from './types.ts';

/** Readability's time grows with the square of the depth, so pages beyond these are read without it. */
const deepest = 150;
const mostElements = 30_000;

/** Less text than this is a teaser or a notice; then the whole body is looked at instead. */
const leastText = 140;

/** What Readability makes of a page. */
interface Reading {
  title: string;
  byline: string;
  siteName: string;
  date: string;
  text: string;
}

/**
 * Finds the article of an HTML page: its paragraphs without navigation, banners, scripts and hidden text, and
 * what the page says of title, author, site, date and licence. Broken HTML is read as far as it goes.
 */
export async function htmlArticle(html: string): Promise<FoundText> {
  const { parseHTML } = await import('linkedom');
  const parsed = (): HtmlDocument => parseHTML(withBody(html)).document;
  const document = parsed();
  const heading = onlyHeading(document);
  const licence = licenceOf(document);
  removeNoise(document);
  const reading = isReadable(document) ? await read(document) : null;
  const text = reading && reading.text.length >= leastText ? reading.text : bodyText(parsed());
  const title = titleOf(
    reading?.title || (document.querySelector('title')?.textContent ?? ''),
    heading,
    reading?.siteName ?? '',
  );
  return {
    title,
    source: [reading?.byline, reading?.siteName].filter(Boolean).join(', '),
    date: reading?.date ?? '',
    licence,
    text: withoutTitle(text, title),
  };
}

async function read(document: HtmlDocument): Promise<Reading | null> {
  const { Readability } = await import('@mozilla/readability');
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

function bodyText(document: HtmlDocument): string {
  removeNoise(document);
  removeSurroundings(document);
  return document.body ? cleanText(blocksOf(document.body)) : '';
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

function onlyHeading(document: HtmlDocument): string {
  const headings = [...document.querySelectorAll('h1')].map((element) =>
    cleanLine(element.textContent ?? ''),
  );
  return headings.length === 1 ? (headings[0] ?? '') : '';
}

/** The heading where the page's title only adds the site to it; otherwise the title without the site's name. */
function titleOf(title: string, heading: string, siteName: string): string {
  const line = cleanLine(title);
  if (heading !== '' && (line === '' || line.toLowerCase().includes(heading.toLowerCase()))) return heading;
  const suffix = /^(.+) [|–—·»-] (.+)$/.exec(line);
  return suffix && siteName !== '' && suffix[2]?.toLowerCase() === siteName.toLowerCase()
    ? (suffix[1] ?? line)
    : line;
}

/** The title heads the passages anyway. */
function withoutTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n\n');
  return title !== '' && first.replace(/^#+ /, '').toLowerCase() === title.toLowerCase()
    ? rest.join('\n\n')
    : text;
}

function licenceOf(document: HtmlDocument): string {
  return cleanLine(document.querySelector('[rel~=license][href]')?.getAttribute('href') ?? '');
}
