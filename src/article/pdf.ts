import { failure, type Outcome, success } from '../debate/outcome.ts';
import { counted } from '../text/figures.ts';
import { cleanLine, cleanText } from './clean-article-text.ts';
import type { ArticleFailure, FoundText, RawDocument } from './types.ts';

/** A line as it is set on its page; lengths in points, from the page's lower left. */
interface SetLine {
  text: string;
  top: number;
  left: number;
  right: number;
  height: number;
}

/** Pages beyond these are not read: passages must fit into prompts. */
const mostPages = 300;

/** Lines farther apart than this many line heights are of different paragraphs. */
const paragraphGap = 1.45;

/** A gap in a line of so many line heights parts two columns; on a page set in two, so many lines have one, of so many letters each side. */
const columnGap = 1.2;
const fewestInColumns = 5;
const fewestLetters = 20;

/** A line on this share of the pages, page numbers aside, is a running head. */
const headShare = 0.5;

/** The lines of a PDF's pages, running heads left out, and what the file says of itself. */
interface SetPages {
  pages: SetLine[][];
  about: Record<string, unknown>;
  heads: number;
}

async function setPages(
  raw: Pick<RawDocument, 'bytes' | 'name'>,
): Promise<Outcome<SetPages, ArticleFailure>> {
  const pdf = await import('unpdf').catch(() => null);
  if (!pdf) {
    return failure(
      'needs-library',
      `${raw.name} is a PDF, and the library that reads one is not installed. Install it with npm install unpdf, or save the text and pass that file.`,
    );
  }
  let pages: SetLine[][];
  let about: Record<string, unknown>;
  try {
    const document = await pdf.getDocumentProxy(new Uint8Array(raw.bytes), { verbosity: 0 });
    about = ((await document.getMetadata().catch(() => null))?.info ?? {}) as Record<string, unknown>;
    pages = [];
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(linesOf(items.filter((item) => 'str' in item)));
    }
    await document.destroy();
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    const why = isLocked ? 'asks for a password' : 'cannot be read as one';
    return failure(
      'not-readable',
      `${raw.name} is a PDF that ${why}. Save its text to a file and pass that file.`,
    );
  }
  if (pages.every((lines) => lines.length === 0)) {
    return failure(
      'empty',
      `${raw.name} is a PDF of ${counted(pages.length, 'page')} without text: it seems to be scanned. Run OCR on it and pass the text.`,
    );
  }
  const heads = runningHeads(pages);
  return success({
    pages: pages.map((lines) => lines.filter((line) => !heads.has(headKey(line.text)))),
    about,
    heads: heads.size,
  });
}

/** A PDF's lines as they are set, with an empty one where a paragraph begins: who speaks stands at the beginning of a line. */
export async function pdfLines(
  raw: Pick<RawDocument, 'bytes' | 'name'>,
): Promise<Outcome<string, ArticleFailure>> {
  const read = await setPages(raw);
  if (!read.ok) return read;
  const lines = read.value.pages.flatMap((page) =>
    page.flatMap((line, place) => {
      const gap = (page[place - 1]?.top ?? 0) - line.top;
      return place > 0 && gap > line.height * paragraphGap ? ['', line.text] : [line.text];
    }),
  );
  return success(lines.join('\n'));
}

/** Reads a PDF page by page: lines by their places, paragraphs by the gaps between them, running heads left out. */
export async function pdfText(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  const read = await setPages(raw);
  if (!read.ok) return read;
  const { pages, about, heads } = read.value;
  const parts = pages.flatMap((lines, index) => {
    const text = cleanText(paragraphsOf(lines).join('\n\n'));
    return text === '' ? [] : [{ place: `page ${index + 1}`, text }];
  });
  const property = (name: string) => (typeof about[name] === 'string' ? cleanLine(about[name]) : '');
  const day = /^D:(\d{4})(\d{2})(\d{2})/.exec(property('CreationDate'));
  return success({
    form: `a PDF of ${counted(pages.length, 'page')}`,
    title: property('Title'),
    source: property('Author'),
    date: day ? day.slice(1).join('-') : '',
    licence: '',
    text: '',
    leftOut: heads > 0 ? [{ what: 'page headers and footers', count: heads }] : [],
    parts,
  });
}

interface TextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

function linesOf(items: readonly TextItem[]): SetLine[] {
  const lines: SetLine[] = [];
  let open: SetLine | null = null;
  const inColumns = gutters(items);
  for (const { str, transform, width, height, hasEOL } of items) {
    const [left = 0, top = 0] = transform.slice(4);
    const size = height || Math.abs(transform[3] ?? 0) || 10;
    const isElsewhere =
      open && (Math.abs(open.top - top) > size / 2 || (inColumns && left - open.right > columnGap * size));
    if (open && isElsewhere && str.trim() !== '') {
      lines.push(open);
      open = null;
    }
    if (open) open.text += str;
    else if (str.trim() !== '') open = { text: str, top, left, right: left, height: size };
    if (open && str.trim() !== '') open.right = left + width;
    if (hasEOL && open) {
      lines.push(open);
      open = null;
    }
  }
  if (open) lines.push(open);
  const tidy = lines
    .map((line) => ({ ...line, text: line.text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '');
  return inColumns ? byColumns(tidy, inColumns) : tidy;
}

/** Where the right one of two columns begins, on a page whose lines are set from side to side through both; null elsewhere. */
function gutters(items: readonly TextItem[]): number | null {
  const words = items.filter(({ str }) => str.trim() !== '');
  const starts = words.slice(1).flatMap((item, place) => {
    const before = words[place] as TextItem;
    const [left = 0, top = 0] = item.transform.slice(4);
    const [leftBefore = 0, topBefore = 0] = before.transform.slice(4);
    const isBeside = Math.abs(top - topBefore) < item.height / 2;
    const isLong = Math.min(item.str.length, before.str.length) >= fewestLetters;
    return isBeside && isLong && left - leftBefore - before.width > columnGap * item.height ? [left] : [];
  });
  const first = Math.min(...starts);
  return starts.filter((left) => left - first < 2).length >= fewestInColumns ? first : null;
}

/** Lines that are set side by side: those of the left column, then those of the right one, between lines that go through both. */
function byColumns(lines: readonly SetLine[], start: number): SetLine[] {
  const ordered: SetLine[] = [];
  let right: SetLine[] = [];
  for (const line of lines) {
    if (line.left >= start - 2) right.push(line);
    else if (line.right > start) {
      ordered.push(...right, line);
      right = [];
    } else ordered.push(line);
  }
  return [...ordered, ...right];
}

function headKey(text: string): string {
  return text.replace(/\p{N}+/gu, '0').toLowerCase();
}

function runningHeads(pages: readonly SetLine[][]): Set<string> {
  if (pages.length < 3) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const edges = [...lines.slice(0, 2), ...lines.slice(-2)].map(({ text }) => headKey(text));
    for (const key of new Set(edges)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= pages.length * headShare).map(([key]) => key));
}

function paragraphsOf(lines: readonly SetLine[]): string[] {
  const paragraphs: string[] = [];
  let open = '';
  for (const [place, line] of lines.entries()) {
    const before = lines[place - 1];
    const gap = before ? before.top - line.top : 0;
    const isNew =
      !before ||
      gap > before.height * paragraphGap ||
      gap < 0 ||
      isHeading(before, line) ||
      isIndented(before, line, open);
    if (isNew && open !== '') {
      paragraphs.push(open);
      open = '';
    }
    open = joined(open, line.text);
  }
  if (open !== '') paragraphs.push(open);
  return paragraphs;
}

function isHeading(before: SetLine, line: SetLine): boolean {
  return Math.abs(before.height - line.height) > 1.5;
}

function isIndented(before: SetLine, line: SetLine, open: string): boolean {
  return line.left - before.left > line.height * 0.8 && /[.!?:]["”’)]?$/.test(open);
}

/** A word parted at a line's end becomes whole where a small letter follows. */
function joined(text: string, line: string): string {
  if (text === '') return line;
  return /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line) ? text.slice(0, -1) + line : `${text} ${line}`;
}
