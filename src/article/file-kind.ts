import type { Outcome } from '../debate/outcome.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

/** Beginnings of files that hold an article in a form of its own, or none at all. */
const beginnings: readonly (readonly [kind: string, bytes: string])[] = [
  ['a PDF', '%PDF-'],
  ['an RTF document', '{\\rtf'],
  ['an old Office document', '\xd0\xcf\x11\xe0'],
  ['a bzip2 archive', 'BZh'],
  ['an xz archive', '\xfd7zXZ'],
  ['a 7z archive', '7z\xbc\xaf'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xff\xd8\xff'],
  ['a GIF image', 'GIF8'],
  ['a TIFF image', 'II*\0'],
  ['a RIFF sound or image', 'RIFF'],
  ['an MP3 sound', 'ID3'],
  ['a program', '\x7fELF'],
  ['a SQLite database', 'SQLite format 3\0'],
];

/** Names inside a ZIP file tell what it is; they stand near its beginning, or, in its directory, near its end. */
const inZip: readonly (readonly [kind: string, name: string])[] = [
  ['a Word document', 'word/'],
  ['an Excel table', 'xl/'],
  ['a PowerPoint presentation', 'ppt/'],
  ['an EPUB book', 'application/epub+zip'],
  ['an OpenDocument file', 'application/vnd.oasis.opendocument'],
];

/** A file that is no text by itself: what it is, such as "a PDF", and how its text is read where that is known. */
export interface BinaryKind {
  name: string;
  reader: ((raw: RawDocument) => Promise<Outcome<FoundText, ArticleFailure>>) | null;
}

/** Libraries of the readers are loaded when a document needs them. */
const readers: Record<string, NonNullable<BinaryKind['reader']>> = {
  'a PDF': async (raw) => (await import('./pdf.ts')).pdfText(raw),
  'a Word document': async (raw) => (await import('./office.ts')).wordText(raw),
  'an EPUB book': async (raw) => (await import('./office.ts')).bookText(raw),
};

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What a file is by its first bytes; null for what may be text. */
export function knownBinary(bytes: Buffer): BinaryKind | null {
  const name = nameOf(bytes);
  return name === null ? null : { name, reader: readers[name] ?? null };
}

function nameOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 16).toString('latin1');
  if (head.startsWith('PK\x03\x04')) return zipKind(bytes);
  const match = beginnings.find(([, beginning]) => head.startsWith(beginning));
  // Letters alone may begin a sentence: those count only where bytes follow that no text has.
  if (!match || (/^[\w%{\\ -]+$/.test(match[1]) && !isCertain(match[1], bytes))) return null;
  return match[0];
}

function isCertain(beginning: string, bytes: Buffer): boolean {
  return (
    beginning.startsWith('%PDF') ||
    beginning.startsWith('{') ||
    bytes.subarray(0, 64).some((byte) => byte < 9)
  );
}

function zipKind(bytes: Buffer): string {
  const names = bytes.subarray(0, 4096).toString('latin1') + bytes.subarray(-16_384).toString('latin1');
  return inZip.find(([, name]) => names.includes(name))?.[0] ?? 'a ZIP archive';
}
