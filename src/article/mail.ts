import { failure, type Outcome, success } from '../debate/outcome.ts';
import { charsetOf, decodedText } from './decode-text.ts';
import { textArticle } from './text-article.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

export type ReadPage = (name: string, html: string) => Promise<Outcome<FoundText, ArticleFailure>>;

/** Parts inside parts, as forwarded mail has them. */
const deepest = 5;

/** Mail and saved web pages (MIME, RFC 2045): the HTML or text part, with what the headers say. */
export async function mailText(
  raw: RawDocument,
  readPage: ReadPage,
): Promise<Outcome<FoundText, ArticleFailure>> {
  const whole = raw.bytes.toString('latin1');
  const { headers } = headersOf(whole);
  const part = textPart(whole, 0);
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
