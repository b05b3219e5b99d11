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

/** How a document's bytes are to be read. */
interface Encoding {
  name: string;
  /** Length of the byte order mark. */
  mark: number;
}

/** Text, and in which encoding its bytes were read. */
export interface DecodedText {
  text: string;
  encoding: string;
  /** True where nothing that the document says of itself was followed. */
  isDetected: boolean;
}

/** Bytes looked at where a guess has to be made. */
const sampleLength = 65_536;

/** A declared encoding in which more of the text than this is no character is the wrong one. */
const mostBroken = 0.005;

/** Western text has few letters beyond ASCII; with more, its bytes are those of another alphabet. */
const mostForeign = 0.4;

/**
 * Text of bytes: by their byte order mark; else UTF-8 where they are, whatever is declared; else as the server or the HTML
 * declares, unless the bytes contradict it; else by how they look. UTF-8 that holds is no accident, and a page's
 * declaration often is.
 */
export async function decodedText(bytes: Buffer, declared: string | null): Promise<DecodedText> {
  const marked = markedEncoding(bytes);
  if (marked) return inEncoding(bytes, marked, false);
  const sample = bytes.subarray(0, sampleLength);
  const named = declaredEncoding(bytes, declared);
  const isWide = named?.name.startsWith('utf-16') ?? false;
  const zeros = sample.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  // ISO-2022 and UTF-7 use nothing but ASCII bytes.
  const isSevenBit = /^(iso-2022|hz-gb|utf-7)/.test(named?.name ?? '') && sample.every((byte) => byte < 128);
  if (!isWide && !isSevenBit && zeros <= sample.length * mostZeros && isUtf8(bytes))
    return inEncoding(bytes, utf8, false);
  if (named) {
    const read = await inEncoding(bytes, named, false);
    if (read.encoding === named.name && !contradicts(read, sample)) return read;
  }
  if (zeros > 0) return inEncoding(bytes, { name: likelierByteOrder(sample), mark: 0 }, true);
  if (isMostlyUtf8(sample)) return inEncoding(bytes, utf8, true);
  const { analyse } = await import('chardet');
  const iconv = await loadedIconv();
  const [likeliest] = analyse(sample).filter(({ name }) => iconv.encodingExists(name) && name !== 'UTF-8');
  const name = likeliest?.name.toLowerCase() ?? 'windows-1252';
  return inEncoding(bytes, { name: westernNames.test(name) ? 'windows-1252' : name, mark: 0 }, true);
}

const utf8: Encoding = { name: 'utf-8', mark: 0 };

/** What the web calls these is read by browsers as Windows-1252 (WHATWG Encoding). */
const westernNames = /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/;

async function loadedIconv() {
  // Node's own decoder reads some declared encodings wrongly in some of the versions that we run on.
  return (await import('iconv-lite')).default;
}

async function inEncoding(
  bytes: Buffer,
  { name, mark }: Encoding,
  isDetected: boolean,
): Promise<DecodedText> {
  const content = bytes.subarray(mark);
  if (name === 'utf-8') return { text: content.toString('utf8'), encoding: name, isDetected };
  const iconv = await loadedIconv();
  return iconv.encodingExists(name)
    ? { text: iconv.decode(content, name, { stripBOM: true }), encoding: name, isDetected }
    : { text: content.toString('latin1'), encoding: 'unknown', isDetected: true };
}

function contradicts({ text, encoding }: DecodedText, sample: Buffer): boolean {
  const start = text.slice(0, sampleLength);
  const broken = start.match(/[\ufffd\u0080-\u009f]/g)?.length ?? 0;
  if (broken > start.length * mostBroken) return true;
  if (encoding !== 'windows-1252') return false;
  const foreign = sample.reduce((count, byte) => count + (byte >= 0xc0 ? 1 : 0), 0);
  const letters = start.match(/[a-z]/gi)?.length ?? 0;
  return foreign > (foreign + letters) * mostForeign;
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
  if (westernNames.test(name)) return { name: 'windows-1252', mark: 0 };
  return { name, mark: 0 };
}

/** UTF-8 with NUL bytes is a text with some dirt in it; with many, it is UTF-16 in disguise. */
const mostZeros = 0.05;

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
