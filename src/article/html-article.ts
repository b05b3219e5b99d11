import { Readability } from '@mozilla/readability';
import { parsedJson } from '../text/json-in-text.ts';
import { cleanLine, cleanText } from './clean-article-text.ts';
import { blocksOf, type PageBlock, textOfBlocks } from './html-blocks.ts';
import {
  type HtmlDocument,
  type HtmlElement,
  isElement,
  nextNode,
  parsedPage,
  rawParts,
} from './html-dom.ts';
import { focusOnArticle, removeNoise, removeSurroundings } from './html-noise.ts';
import { chosenBlocks, mainPart, weightOf } from './main-part.ts';
import type { FoundText } from './types.ts';

/** What a page says of its article, in its metadata; empty where it does not. */
interface PageFacts {
  title: string;
  byline: string;
  siteName: string;
  date: string;
  licence: string;
  /** What the page says it is about. */
  description: string;
  /** The article's own text, where the metadata holds it. */
  body: string;
  /** Does it say that not everybody may read it? */
  isPaid: boolean;
}

/** Most bytes of JSON-LD that are looked at. */
const mostJson = 200_000;

/** Reads JSON-LD wherever it stands, then the page's meta elements. Both are often wrong in form; what cannot be read is passed over. */
function pageFacts(html: string, document: HtmlDocument): PageFacts {
  const data = articleData(html);
  const meta = (...names: string[]) => names.map((name) => metaOf(document, name)).find(Boolean) ?? '';
  return {
    title: textIn(data, 'headline') || meta('og:title', 'twitter:title'),
    byline: nameIn(data, 'author') || meta('author', 'article:author'),
    siteName: nameIn(data, 'publisher') || meta('og:site_name'),
    date: dayIn(textIn(data, 'datePublished') || meta('article:published_time', 'date', 'dc.date')),
    licence: textIn(data, 'license') || licenceOf(document) || meta('dc.rights'),
    description: meta('description', 'og:description'),
    body: textIn(data, 'articleBody'),
    isPaid: /^false$/i.test(String(data['isAccessibleForFree'])),
  };
}

function articleData(html: string): Record<string, unknown> {
  let rest = mostJson;
  for (const { kind, start, end } of rawParts(html)) {
    if (kind !== 'script' || rest <= 0) continue;
    const script = html.slice(start, Math.min(end, start + rest));
    const open = /^<script[^<>]{0,300}application\/ld\+json[^<>]{0,200}>/i.exec(script);
    if (!open) continue;
    rest -= script.length;
    const json = script
      .slice(open[0].length)
      .replace(/<\/script\s*>$/i, '')
      .replace(/^\s*<!--|-->\s*$/g, '');
    const found = articleAmong(parsedJson(json), 0);
    if (found) return found;
  }
  return {};
}

/** The entry that is an article, in a list or a graph. */
function articleAmong(value: unknown, depth: number): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null || depth > 3) return null;
  if (Array.isArray(value)) {
    for (const entry of value) {
      const found = articleAmong(entry, depth + 1);
      if (found) return found;
    }
    return null;
  }
  const group = value as Record<string, unknown>;
  const types = [group['@type']].flat().map(String);
  if (types.some((type) => /Article$|Posting$|^Report$/.test(type))) return group;
  return articleAmong(group['@graph'] ?? group['mainEntity'], depth + 1);
}

function textIn(data: Record<string, unknown>, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

function nameIn(data: Record<string, unknown>, key: string): string {
  const names = [data[key]].flat().flatMap((value) => {
    if (typeof value === 'string') return value;
    const name = typeof value === 'object' && value !== null ? Reflect.get(value, 'name') : null;
    return typeof name === 'string' ? name : [];
  });
  return names.filter((name) => !/^https?:/.test(name)).join(', ');
}

function dayIn(text: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
}

function metaOf(document: HtmlDocument, name: string): string {
  const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"]`);
  return found?.getAttribute('content')?.trim() ?? '';
}

function licenceOf(document: HtmlDocument): string {
  return document.querySelector('[rel~=license][href]')?.getAttribute('href') ?? '';
}

/** Readability's time grows with the square of the depth, so pages beyond these are read without it. */
const deepest = 150;
const mostElements = 30_000;

/** What Readability makes of a page. */
interface ReadablePage {
  title: string;
  byline: string;
  siteName: string;
  date: string;
  blocks: PageBlock[];
}

/** Readability's view of a page, which it takes apart; null where it finds none or would take too long. */
function readingOf(document: HtmlDocument): ReadablePage | null {
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
    blocks: blocksOf(found.content),
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

/** Less text than this is a teaser or a notice; then the whole body is looked at instead. */
const leastText = 140;

/** Less than this of an article that is not free is hardly all of it. */
const shortOfPaid = 1500;

/** The metadata's text is taken where it is so many times as long as what the page shows. */
const mostOfData = 2;

/** Characters of a page from which so little text is doubtful. */
const largePage = 5000;

/**
 * Finds the article of an HTML page: its paragraphs without navigation, banners, scripts and hidden text, and
 * what the page says of title, author, site, date and licence. Broken HTML is read as far as it goes.
 */
export function htmlArticle(html: string): FoundText {
  const document = parsedPage(html);
  const facts = pageFacts(html, document);
  const leftOut = removeNoise(document);
  focusOnArticle(document);
  const heading = onlyHeading(document);
  const pageTitle = document.querySelector('title')?.textContent ?? '';
  const page = document.body ? blocksOf(document.body) : [];
  const main = document.body ? mainPart(document.body, page) : [];
  const reading = readingOf(document);
  const titles = [heading, facts.title, reading?.title ?? '', pageTitle].filter(Boolean);
  const byline = cleanLine(facts.byline || reading?.byline || '').slice(0, 100);
  const chosen = chosenBlocks(page, main, reading?.blocks ?? [], {
    titles,
    description: facts.description,
    byline,
  });
  const found = textOfBlocks(chosen.blocks);
  const isFound = weightOf(found) >= leastText;
  const read = isFound ? found : bodyText(parsedPage(html));
  const body = cleanText(facts.body);
  const isInData = body.length > (read.length < leastText ? 1 : mostOfData) * read.length;
  const siteName = facts.siteName || reading?.siteName || '';
  const title = titleOf(facts.title || reading?.title || pageTitle, heading, siteName);
  const around = [
    { what: 'links to other pages', count: chosen.links },
    { what: 'dates, bylines and calls around it', count: chosen.edges },
  ].filter(({ count }) => isFound && count > 0);
  const isScant = !isFound && html.length > largePage;
  const doubt = isInData
    ? ''
    : isScant
      ? 'hardly any text was found on a large page'
      : facts.isPaid && read.length < shortOfPaid
        ? 'the page says that its article is not free to read, and may hold its beginning only'
        : isFound
          ? chosen.doubt
          : '';
  return {
    form: isInData ? 'the metadata of a web page' : 'a web page',
    title,
    source: [byline, cleanLine(siteName).slice(0, 100)].filter(Boolean).join(', '),
    date: facts.date || reading?.date || '',
    licence: cleanLine(facts.licence),
    text: withoutTitle(isInData ? body : read, title),
    leftOut: [...leftOut, ...around],
    ...(doubt !== '' ? { doubt } : {}),
  };
}

function bodyText(document: HtmlDocument): string {
  removeNoise(document);
  focusOnArticle(document);
  removeSurroundings(document);
  return document.body ? textOfBlocks(blocksOf(document.body)) : '';
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
