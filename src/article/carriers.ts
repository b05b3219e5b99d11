import { failure, type Outcome, success } from '../debate/outcome.ts';
import { cleanLine } from './clean-article-text.ts';
import { rawParts } from './html-dom.ts';
import { mailText, type ReadPage } from './mail.ts';
import { textArticle } from './text-article.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

/** Texts that carry an article inside something else, and would be read as gibberish if taken for the article itself. */
type Carrier = 'feed' | 'json' | 'mail';

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
      return mailText(raw, readPage);
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
    ...(only.isSummary && page.value.text.length < longestSummary
      ? {
          doubt: `the feed holds only a summary; pass the address of the article${only.link === '' ? '' : `, ${cleanLine(only.link)}`}`,
        }
      : {}),
  });
}

/** A feed without a field for whole articles may put one into the field for summaries; it is longer. */
const longestSummary = 600;

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
    const whole = elementIn(entry, 'content:encoded') || elementIn(entry, 'content');
    const html = whole || elementIn(entry, 'description') || elementIn(entry, 'summary');
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
      isSummary: whole === '',
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

/** Lists and objects around a record. */
const deepestRecord = 5;

/** The records that hold a text: the value itself, those of a list, or what stands under a name by which records are wrapped. */
function recordsIn(value: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null || depth > deepestRecord) return [];
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
