import { isUtf8 } from 'node:buffer';

/** The encoding that a Content-Type names; null where it names none. */
export function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? null;
}

/** Bytes in which HTML must declare its encoding (HTML standard), and some more for pages that do not keep to it. */
const declarationLength = 4096;

/** The encoding that an HTML page names in its own head. */
export function charsetOfHtml(bytes: Buffer): string | null {
  const head = bytes.subarray(0, declarationLength).toString('latin1');
  return /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ?? xmlEncoding(head);
}

function xmlEncoding(head: string): string | null {
  return /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1] ?? null;
}

/** Does a document without a name for its form begin as HTML does? */
export function looksLikeHtml(text: string): boolean {
  const start = text.slice(0, 2048).replace(/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)+/, '');
  return /^<(!doctype\s+html|html|head|body|article|main)[\s>]/i.test(start);
}

/** How a document's bytes say they are to be read. */
interface Encoding {
  name: string;
  /** Length of the byte order mark. */
  mark: number;
}

/** Bytes looked at where a guess has to be made. */
const sampleLength = 65_536;

/**
 * Text of bytes: by their byte order mark; else as the server or the HTML declares; else UTF-16 or UTF-8 by how
 * they look; else Windows-1252, which takes any byte. A declared UTF-8 that is none is not believed.
 */
export async function decodedText(bytes: Buffer, declared: string | null): Promise<string> {
  const encoding = markedEncoding(bytes) ?? declaredEncoding(bytes, declared) ?? guessedEncoding(bytes);
  const content = bytes.subarray(encoding.mark);
  if (encoding.name === 'utf-8') return content.toString('utf8');
  // Node's own decoder reads some declared encodings wrongly in some of the versions that we run on.
  const { default: iconv } = await import('iconv-lite');
  return iconv.encodingExists(encoding.name)
    ? iconv.decode(content, encoding.name, { stripBOM: true })
    : decodedText(bytes, null);
}

function markedEncoding(bytes: Buffer): Encoding | null {
  const head = bytes.subarray(0, 3).toString('hex');
  if (head === 'efbbbf') return { name: 'utf-8', mark: 3 };
  if (head.startsWith('fffe')) return { name: 'utf-16le', mark: 2 };
  if (head.startsWith('feff')) return { name: 'utf-16be', mark: 2 };
  return null;
}

function declaredEncoding(bytes: Buffer, declared: string | null): Encoding | null {
  if (declared === null) return null;
  const name = declared.trim().toLowerCase();
  if (/^utf-?8$/.test(name)) return null;
  // Declared inside a text that could be read to find the declaration, so it cannot be UTF-16.
  if (name.startsWith('utf-16') && !bytes.subarray(0, sampleLength).includes(0)) return null;
  // What the web calls these is read by browsers as Windows-1252 (WHATWG Encoding).
  if (/^(iso-?8859-?1|latin-?1|us-ascii|ascii)$/.test(name)) return { name: 'windows-1252', mark: 0 };
  return { name, mark: 0 };
}

/** UTF-8 with NUL bytes is a text with some dirt in it; with many, it is UTF-16 in disguise. */
const mostZeros = 0.05;

function guessedEncoding(bytes: Buffer): Encoding {
  const sample = bytes.subarray(0, sampleLength);
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (isUtf8(bytes) && zeros <= sample.length * mostZeros) return { name: 'utf-8', mark: 0 };
  if (zeros > 0) return { name: likelierByteOrder(sample), mark: 0 };
  return { name: isMostlyUtf8(sample) ? 'utf-8' : 'windows-1252', mark: 0 };
}

/** Text in any script has spaces, line ends and signs of ASCII; read in the wrong order they turn into others. */
function likelierByteOrder(sample: Buffer): 'utf-16le' | 'utf-16be' {
  let [little, big] = [0, 0];
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (isCommon(sample[at]!) && sample[at + 1] === 0) little++;
    if (sample[at] === 0 && isCommon(sample[at + 1]!)) big++;
  }
  return little >= big ? 'utf-16le' : 'utf-16be';
}

function isCommon(byte: number): boolean {
  return byte === 10 || byte === 13 || (byte >= 32 && byte < 127);
}

/** UTF-8 with a few broken bytes, as pages are that were put together from parts. */
function isMostlyUtf8(sample: Buffer): boolean {
  const text = sample.toString('utf8');
  const foreign = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken * 10 < foreign;
}
