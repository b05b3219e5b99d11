import { failure, type Outcome, success } from '../debate/outcome.ts';
import { cleanLine } from './clean-article-text.ts';
import { charsetOf, decodedText } from './decode-text.ts';
import { rawParts } from './html-dom.ts';
import { textArticle } from './text-article.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

/** Texts that carry an article inside something else, and would be read as gibberish if taken for the article itself. */
type Carrier = 'feed' | 'json' | 'mail';

type ReadPage = (name: string, html: string) => Promise<Outcome<FoundText, ArticleFailure>>;

/** Where mail says what it holds: a name, a colon and no space before it, from the first line on. */
const mailHeader =
  /^(?:from|to|subject|date|mime-version|received|return-path|message-id|delivered-to|content-type|snapshot-content-location):/i;

export function carrierOf(text: string, contentType: string): Carrier | null {
  const start = text.slice(0, 4096).replace(/^\s+/, '');
  if (/^(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)*<(?:rss|(?:[a-z]+:)?feed|rdf:RDF)[\s>]/i.test(start))
    return 'feed';
  if (/^application\/(?:\w+\+)?json/i.test(contentType) || (/^[[{]/.test(start) && isJson(text)))
    return 'json';
  if (/^(?:message\/rfc822|multipart\/related)/i.test(contentType)) return 'mail';
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const headers = head.split(/\r?\n/).filter((line) => mailHeader.test(line)).length;
  return headers >= 3 && mailHeader.test(start) ? 'mail' : null;
}

export async function carriedText(
  carrier: Carrier,
  raw: RawDocument,
  text: string,
  readPage: ReadPage,
): Promise<Outcome<FoundText, ArticleFailure>> {
  switch (carrier) {
    case 'feed':
      return feedText(raw.name, text, readPage);
    case 'json':
      if (isJson(text)) return jsonText(raw.name, JSON.parse(text), readPage);
      return failure(
        'binary',
        `${raw.name} is called ${raw.contentType} but is not one. Save its text to a file and pass that file.`,
      );
    case 'mail':
      return mailText(raw, readPage, 0);
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Most entries of a feed that are looked at. */
const mostEntries = 500;

/** A feed with one entry is that entry; one with more is a list of articles, of which a person chooses. */
async function feedText(
  name: string,
  xml: string,
  readPage: ReadPage,
): Promise<Outcome<FoundText, ArticleFailure>> {
  const entries = entriesOf(xml);
  const [only] = entries;
  if (!only) return failure('empty', `${name} is a feed without entries. Pass the address of an article.`);
  if (entries.length > 1) return several(name, entries);
  const page = await readPage(name, `<html><body>${only.html}</body></html>`);
  if (!page.ok) return page;
  const { title, date, source } = only;
  return success({
    ...page.value,
    form: 'the entry of a feed',
    title: cleanLine(title.replace(/<[^<>]{1,200}>/g, '')) || page.value.title,
    date: cleanLine(date) || page.value.date,
    source: cleanLine(source) || page.value.source,
  });
}

function several(name: string, articles: readonly { title: string; link: string }[]) {
  const some = articles
    .slice(0, 5)
    .map(({ title, link }) => `“${cleanLine(title)}” ${cleanLine(link)}`.trim());
  return failure(
    'several',
    `${name} holds ${articles.length} articles. Give the address of one of them: ${some.join('; ')}.`,
  );
}

function entriesOf(xml: string) {
  const markup = [...rawParts(xml)].filter(({ kind }) => kind !== 'comment');
  const text = markup.map(({ start, end }) => xml.slice(start, end)).join('');
  const starts = [...text.matchAll(/<(?:[a-z]+:)?(?:item|entry)[\s>]/gi)]
    .slice(0, mostEntries)
    .map(({ index }) => index);
  return starts.map((start, place) => {
    const entry = text.slice(start, starts[place + 1] ?? text.length);
    const html =
      elementIn(entry, 'content:encoded') ||
      elementIn(entry, 'content') ||
      elementIn(entry, 'description') ||
      elementIn(entry, 'summary');
    return {
      title: elementIn(entry, 'title'),
      link:
        elementIn(entry, 'link') ||
        (/<link[^<>]{0,500}href\s*=\s*["']([^"']{1,2000})/i.exec(entry)?.[1] ?? ''),
      date:
        elementIn(entry, 'pubDate') ||
        elementIn(entry, 'published') ||
        elementIn(entry, 'updated') ||
        elementIn(entry, 'dc:date'),
      source: elementIn(entry, 'dc:creator') || elementIn(entry, 'name') || elementIn(entry, 'author'),
      html,
    };
  });
}

/** The text of the first element of a name, with its CDATA and references undone. */
function elementIn(xml: string, name: string): string {
  const open = new RegExp(`<((?:atom:)?${name})(?:\\s[^<>]*)?>`, 'i').exec(xml);
  if (!open) return '';
  const start = open.index + open[0].length;
  const end = xml.indexOf(`</${open[1]}`, start);
  const parts = (end < 0 ? '' : xml.slice(start, end)).split(/<!\[CDATA\[|\]\]>/);
  return parts
    .map((part, place) => (place % 2 === 1 ? part : unescaped(part)))
    .join('')
    .trim();
}

function unescaped(xml: string): string {
  const plain: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => plain[name] ?? '');
}

/** Names under which records of articles hold their text, title, source and date. */
const fields = {
  text: ['articleBody', 'content_html', 'content_text', 'content', 'body', 'text', 'fulltext', 'full_text'],
  title: ['headline', 'title', 'name'],
  source: ['publisher', 'source', 'site_name', 'siteName', 'author', 'byline', 'url'],
  date: ['datePublished', 'date_published', 'published', 'publishedAt', 'published_at', 'date'],
  licence: ['license', 'licence'],
};

/** A JSON record of one article; anything else is refused by name, with its keys. */
async function jsonText(
  name: string,
  value: unknown,
  readPage: ReadPage,
): Promise<Outcome<FoundText, ArticleFailure>> {
  const records = recordsIn(value);
  const titled = records.map((one) => ({
    title: textUnder(one, fields.title),
    link: textUnder(one, ['url', '@id']),
  }));
  if (titled.length > 1 && titled.every(({ title }) => title !== '')) return several(name, titled);
  const record = records.length === 1 ? records[0] : undefined;
  if (!record) {
    const what = Array.isArray(value)
      ? `a list of ${value.length}`
      : `an object with ${Object.keys(value as object)
          .slice(0, 8)
          .join(', ')}`;
    return failure(
      'not-readable',
      `${name} is JSON, ${what}, and not the record of one article. Save the article’s text to a file and pass that file.`,
    );
  }
  const field = (of: keyof typeof fields) => textUnder(record, fields[of]);
  const text = field('text');
  const page = /<(?:p|div|br|h[1-6])[\s>/]/i.test(text)
    ? await readPage(name, `<html><body>${text}</body></html>`)
    : success(textArticle(text));
  if (!page.ok) return page;
  return success({
    ...page.value,
    form: 'a JSON record',
    title: field('title') || page.value.title,
    source: field('source'),
    date: field('date'),
    licence: field('licence'),
  });
}

/** The records that hold a text: the value itself, those of a list, or what stands under a name by which records are wrapped. */
function recordsIn(value: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return value.slice(0, mostEntries).flatMap((one) => recordsIn(one, depth + 1));
  const record = value as Record<string, unknown>;
  if (textUnder(record, fields.text).length > 0) return [record];
  const wrapped = ['article', 'data', 'post', 'result', 'items', '@graph'].map((key) =>
    recordsIn(record[key], depth + 1),
  );
  return wrapped.find((found) => found.length > 0) ?? [];
}

function textUnder(record: Record<string, unknown>, names: readonly string[]): string {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    const inner = typeof value === 'object' && value !== null ? Reflect.get(value, 'name') : null;
    if (typeof inner === 'string') return inner;
  }
  return '';
}

/** Parts inside parts, as forwarded mail has them. */
const deepest = 5;

/** Mail and saved web pages (MIME, RFC 2045): the HTML or text part, with what the headers say. */
async function mailText(
  raw: RawDocument,
  readPage: ReadPage,
  depth: number,
): Promise<Outcome<FoundText, ArticleFailure>> {
  const whole = raw.bytes.toString('latin1');
  const { headers } = headersOf(whole);
  const part = textPart(whole, depth);
  if (!part)
    return failure(
      'empty',
      `${raw.name} is mail without a text part. Save its text to a file and pass that file.`,
    );
  const { text } = await decodedText(part.bytes, charsetOf(part.type));
  const isHtml = /^text\/html/i.test(part.type);
  const own = isHtml ? { text, lines: 0 } : ownLines(text);
  const found = isHtml ? await readPage(raw.name, text) : success(textArticle(own.text));
  if (!found.ok) return found;
  const quoted = own.lines > 0 ? [{ what: 'quoted lines and signatures', count: own.lines }] : [];
  const isPage = headers.has('snapshot-content-location');
  const subject = await encodedWords(headers.get('subject') ?? '');
  return success({
    ...found.value,
    form: isPage ? 'a saved web page (MHTML)' : 'mail',
    leftOut: [...found.value.leftOut, ...quoted],
    title: isPage ? found.value.title || subject : subject || found.value.title,
    source: isPage
      ? found.value.source || (headers.get('snapshot-content-location') ?? '')
      : await encodedWords(headers.get('from') ?? ''),
    date: headers.get('date') ?? found.value.date,
  });
}

/** A mail's text without the lines that it quotes and without its signature (RFC 3676), unless little else is said. */
function ownLines(text: string): { text: string; lines: number } {
  const lines = text.split(/\r?\n/);
  const signature = lines.indexOf('-- ');
  const kept = lines.slice(0, signature < 0 ? undefined : signature).filter((line) => !/^>/.test(line));
  const own = kept.join('\n');
  return own.trim().length * 2 < text.length
    ? { text, lines: 0 }
    : { text: own, lines: lines.length - kept.length };
}

interface TextPart {
  type: string;
  bytes: Buffer;
}

function textPart(part: string, depth: number): TextPart | null {
  const { headers, body } = headersOf(part);
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(type);
  if (boundary && /^multipart\//i.test(type) && depth < deepest) {
    const mark = `--${boundary[1] ?? boundary[2]}`;
    const inner = body
      .split(mark)
      .slice(1)
      .flatMap((text) => textPart(text.replace(/^\r?\n/, ''), depth + 1) ?? []);
    return inner.find((one) => /^text\/html/i.test(one.type)) ?? inner[0] ?? null;
  }
  if (!/^text\/(?:plain|html)/i.test(type) || /^attachment/i.test(headers.get('content-disposition') ?? ''))
    return null;
  return { type, bytes: undone(body, (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()) };
}

function undone(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const plain = body
    .replace(/=[ \t]{0,20}\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function headersOf(part: string): { headers: Map<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(part);
  const head = end ? part.slice(0, end.index) : part;
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0 && !headers.has(line.slice(0, colon).toLowerCase()))
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end ? part.slice(end.index + end[0].length) : '' };
}

/** Words of headers in other alphabets (RFC 2047). */
async function encodedWords(header: string): Promise<string> {
  let result = '';
  let at = 0;
  for (const found of header
    .slice(0, 2000)
    .matchAll(/=\?([\w-]{1,40})\?([bq])\?([^?\s]{0,500})\?=(?:\s{1,80}(?==\?))?/gi)) {
    const [whole, charset = '', kind = '', word = ''] = found;
    const bytes = undone(
      kind.toLowerCase() === 'b' ? word : word.replaceAll('_', ' '),
      kind.toLowerCase() === 'b' ? 'base64' : 'quoted-printable',
    );
    result += header.slice(at, found.index) + (await decodedText(bytes, charset)).text;
    at = found.index + whole.length;
  }
  return result + header.slice(at);
}
