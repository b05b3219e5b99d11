import { strFromU8, unzipSync } from 'fflate';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { cleanLine, cleanText } from './clean-article-text.ts';
import { blocksOf, textOfBlocks } from './html-blocks.ts';
import { parsedPage } from './html-dom.ts';
import { removeNoise } from './html-noise.ts';
import { isBeyondParsing } from './html-size.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

/** Most bytes of a part of an archive once it is unpacked: more is a trap or no article. */
const mostUnpacked = 20_000_000;

type Parts = Map<string, Uint8Array>;

/** Unpacks the parts that are wanted, never more than an article can have. */
function unpacked(bytes: Buffer, isWanted: (name: string) => boolean): Parts | null {
  let total = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isWanted(name)) return false;
        total += originalSize;
        return total <= mostUnpacked;
      },
    });
    return total > mostUnpacked ? null : new Map(Object.entries(files));
  } catch {
    return null;
  }
}

const damaged = (raw: RawDocument, what: string) =>
  failure(
    'not-readable',
    `${raw.name} is ${what} that cannot be unpacked. Save its text to a file and pass that file.`,
  );

/** A Word document (ECMA-376): paragraphs of its body, headings by their style, rows of tables. Notes, headers and comments are left out. */
export async function wordText(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  const parts = unpacked(raw.bytes, (name) => name === 'word/document.xml' || name === 'docProps/core.xml');
  const body = parts?.get('word/document.xml');
  if (!parts || !body) return damaged(raw, 'a Word document');
  const core = strFromU8(parts.get('docProps/core.xml') ?? new Uint8Array());
  const property = (name: string) =>
    cleanLine(textOfXml(new RegExp(`<${name}[^<>]*>([^<]{0,500})`).exec(core)?.[1] ?? ''));
  const xml = strFromU8(body);
  const paragraphs = wordParagraphs(without(without(xml, 'mc:Fallback'), 'w:moveFrom'));
  const notes = xml.match(/<w:(?:foot|end)noteReference(?=[\s/>])/g)?.length ?? 0;
  const title = property('dc:title') || (paragraphs.find(({ isTitle }) => isTitle)?.text ?? '');
  const kept = paragraphs.filter(({ isTitle, text }) => !isTitle || text !== title);
  return success({
    form: 'a Word document',
    title,
    source: property('dc:creator'),
    date: property('dcterms:modified').slice(0, 10),
    licence: '',
    text: cleanText(kept.map(({ mark, text }) => mark + text).join('\n\n')),
    leftOut: notes > 0 ? [{ what: 'footnotes and endnotes', count: notes }] : [],
  });
}

/** What older programs show in place of a text box, and what was moved away in a tracked change, stands in the text once more. */
function without(xml: string, name: string): string {
  const [first = '', ...rest] = xml.split(new RegExp(`<${name}[\\s>]`));
  const isEmpty = (part: string) => /^[^<>]*\/>/.test(part);
  return (
    first + rest.map((part) => (isEmpty(part) ? part : part.slice(part.indexOf(`</${name}>`) + 1))).join('')
  );
}

interface WordParagraph {
  text: string;
  isTitle: boolean;
  mark: string;
}

/** What of a document's XML makes its text. Words deleted in a tracked change stand in another element. */
const wordToken =
  /<w:p(?=[\s>])|<\/w:p>|<w:tr(?=[\s>])|<\/w:tr>|<\/w:tc>|<w:numPr(?=[\s>/])|<w:(?:tab|br|cr)(?=[\s/>])|<w:pStyle w:val="([^"<>]{0,100})"|<w:t(?:\s[^<>]*)?>([^<]*)<\/w:t>/g;

/** Paragraphs in their order, a table's row as one with its cells parted: one walk over the XML. */
function wordParagraphs(xml: string): WordParagraph[] {
  const paragraphs: WordParagraph[] = [];
  let paragraph = { text: '', style: '', isItem: false };
  let cells: string[] | null = null;
  let cell = '';
  const close = () => {
    const text = paragraph.text.trim();
    const level = /^(?:heading|berschrift|titre)\s?([1-6])/i.exec(paragraph.style)?.[1];
    const mark = level ? `${'#'.repeat(Math.max(2, Number(level)))} ` : paragraph.isItem ? '- ' : '';
    if (text !== '' && cells) cell += `${cell === '' ? '' : ' '}${text}`;
    else if (text !== '') paragraphs.push({ text, isTitle: paragraph.style === 'Title', mark });
    paragraph = { text: '', style: '', isItem: false };
  };
  for (const [token, style, words] of xml.matchAll(wordToken)) {
    if (words !== undefined) paragraph.text += textOfXml(words);
    else if (style !== undefined) paragraph.style = style;
    else if (token === '<w:p' || token === '</w:p>') close();
    else if (token === '<w:tr') cells = [];
    else if (token === '</w:tc>') {
      if (cell !== '') cells?.push(cell);
      cell = '';
    } else if (token === '</w:tr>') {
      if (cells && cells.length > 0) paragraphs.push({ text: cells.join(' | '), isTitle: false, mark: '' });
      cells = null;
    } else if (token === '<w:numPr') paragraph.isItem = true;
    else paragraph.text += ' ';
  }
  close();
  return paragraphs;
}

function textOfXml(xml: string): string {
  const plain: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(?:(lt|gt|quot|apos|amp)|#x([0-9a-f]{1,6})|#(\d{1,7}));/gi, (_, name, hex, decimal) =>
    name
      ? (plain[name] ?? '')
      : String.fromCodePoint(Math.min(0x10ffff, hex ? Number.parseInt(hex, 16) : Number(decimal))),
  );
}

/** An EPUB book (EPUB 3.3): the chapters of its spine in order, each a part for citations. */
export async function bookText(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  const parts = unpacked(raw.bytes, (name) => /\.(?:xml|opf|x?html?)$/i.test(name));
  const container = parts?.get('META-INF/container.xml');
  const opfPath = container && attributeIn(strFromU8(container), 'full-path');
  const opfBytes = opfPath ? parts?.get(opfPath) : undefined;
  if (!parts || !opfPath || !opfBytes) return damaged(raw, 'an EPUB book');
  const opf = strFromU8(opfBytes);
  const folder = opfPath.includes('/') ? opfPath.slice(0, opfPath.lastIndexOf('/') + 1) : '';
  const items = new Map(
    [...opf.matchAll(/<(?:opf:)?item\s([^<>]*)>/g)]
      .filter(([, attributes = '']) => !/\bnav\b/.test(attributeIn(attributes, 'properties')))
      .map(([, attributes = '']) => [attributeIn(attributes, 'id'), attributeIn(attributes, 'href')]),
  );
  const spine = [...opf.matchAll(/<(?:opf:)?itemref\s([^<>]*)>/g)].flatMap(
    ([, attributes = '']) => items.get(attributeIn(attributes, 'idref')) ?? [],
  );
  const chapters = spine.flatMap((href, place) => {
    const bytes = parts.get(folder + decodeURIComponent(href.split('#')[0] ?? ''));
    const html = bytes ? strFromU8(bytes) : '';
    if (html === '' || isBeyondParsing(html)) return [];
    const document = parsedPage(html.replace(/^<\?xml[^<>]*\?>/, ''));
    removeNoise(document);
    const text = document.body ? textOfBlocks(blocksOf(document.body)) : '';
    return text === '' ? [] : [{ place: `chapter ${place + 1}`, text }];
  });
  const meta = (name: string) =>
    cleanLine(textOfXml(new RegExp(`<dc:${name}[^<>]*>([^<]{0,500})`).exec(opf)?.[1] ?? ''));
  return success({
    form: `an EPUB book of ${chapters.length} chapters`,
    title: meta('title'),
    source: [meta('creator'), meta('publisher')].filter(Boolean).join(', '),
    date: meta('date').slice(0, 10),
    licence: meta('rights'),
    text: '',
    leftOut: [],
    parts: chapters,
  });
}

function attributeIn(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}=(?:"([^"]{0,500})"|'([^']{0,500})')`).exec(attributes);
  return found?.[1] ?? found?.[2] ?? '';
}
