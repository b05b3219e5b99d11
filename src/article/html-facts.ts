import { type HtmlDocument, rawParts } from './html-dom.ts';

/** What a page says of its article, in its metadata; empty where it does not. */
export interface PageFacts {
  title: string;
  byline: string;
  siteName: string;
  date: string;
  licence: string;
  /** The article's own text, where the metadata holds it. */
  body: string;
}

/** Most bytes of JSON-LD that are looked at. */
const mostJson = 200_000;

/** Reads JSON-LD wherever it stands, then the page's meta elements. Both are often wrong in form; what cannot be read is passed over. */
export function pageFacts(html: string, document: HtmlDocument): PageFacts {
  const data = articleData(html);
  const meta = (...names: string[]) => names.map((name) => metaOf(document, name)).find(Boolean) ?? '';
  return {
    title: textIn(data, 'headline') || meta('og:title', 'twitter:title'),
    byline: nameIn(data, 'author') || meta('author', 'article:author'),
    siteName: nameIn(data, 'publisher') || meta('og:site_name'),
    date: dayIn(textIn(data, 'datePublished') || meta('article:published_time', 'date', 'dc.date')),
    licence: textIn(data, 'license') || licenceOf(document) || meta('dc.rights'),
    body: textIn(data, 'articleBody'),
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
    const found = articleAmong(parsed(script.slice(open[0].length).replace(/<\/script\s*>$/i, '')), 0);
    if (found) return found;
  }
  return {};
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\s*<!--|-->\s*$/g, ''));
  } catch {
    return null;
  }
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
