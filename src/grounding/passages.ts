import type { Passage } from '../debate/agenda.ts';

/** A paragraph up to this many characters stays whole. */
const longest = 1100;
/** Pieces of a longer one hold at most this many characters. */
const pieceLength = 900;
/** A last piece shorter than this joins the one before it. */
const shortest = 120;

/** Runs are bounded so that a text of nothing but dots costs linear time. */
const sentenceEnd = /[.!?…]{1,3}["'”’)\]]{0,3} (?=["'“‘([]{0,3}[\p{Lu}\p{N}])|[。！？]["'”’」』）]{0,3} ?/gu;
/** Full stops that end no sentence. */
const abbreviation =
  /(?:^|[\s("“‘])(?:\p{Lu}|\p{Lu}(?:\.\p{Lu})+|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$/u;

/** Cuts a very long paragraph at sentence ends, else at spaces, else between letters. Nothing is lost but spaces at the cuts. */
function piecesOf(paragraph: string): string[] {
  if (paragraph.length <= longest) return [paragraph];
  const pieces: string[] = [];
  let piece = '';
  for (const part of sentencesOf(paragraph).flatMap(withinLength)) {
    if (piece !== '' && piece.length + part.length > pieceLength) {
      pieces.push(piece.trim());
      piece = '';
    }
    piece += part;
  }
  const last = piece.trim();
  const before = pieces.at(-1);
  if (before !== undefined && last.length < shortest) pieces[pieces.length - 1] = `${before} ${last}`.trim();
  else if (last !== '') pieces.push(last);
  return pieces;
}

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    if (abbreviation.test(text.slice(Math.max(start, end - 12), end))) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  sentences.push(text.slice(start));
  return sentences;
}

function withinLength(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > pieceLength) {
    const space = rest.lastIndexOf(' ', pieceLength);
    const cut = space > pieceLength / 2 ? space + 1 : betweenLetters(rest, pieceLength);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

/** Never between the two halves of a surrogate pair. */
function betweenLetters(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code >= 0xdc00 && code <= 0xdfff ? place - 1 : place;
}

/**
 * Cuts an article, in Markdown or plain text, into numbered passages. One paragraph is one passage; an item of a
 * numbered list is one; a heading joins the paragraph below it; a paragraph over 1,100 characters is cut at
 * sentence ends into pieces of at most 900. Line ends inside a passage become spaces, links keep their words only,
 * and HTML comments, images, rules and fences are left out. An empty text gives no passages.
 */
export function splitPassages(text: string): Passage[] {
  const passages: string[] = [];
  let headings: string[] = [];
  for (const block of blocksOf(text)) {
    if (block.kind === 'heading') {
      headings.push(block.text);
      continue;
    }
    const [first = '', ...rest] = piecesOf(block.text);
    passages.push([...headings.map(asLead), first].join(' '), ...rest);
    headings = [];
  }
  if (headings.length > 0) passages.push(headings.join(' '));
  return passages.map((passage, index) => ({ number: index + 1, text: passage }));
}

interface Block {
  kind: 'heading' | 'paragraph';
  text: string;
}

const heading = /^ {0,3}#{1,6}(?=\s)/;
const underline = /^ {0,3}(?:=+|-{2,})\s*$/;
const skipped = /^ {0,3}(?:(?:[-*_]\s*){3,}|`{3,}.*|~{3,}.*)$/;
const listItem = /^ {0,3}\d{1,9}[.)]\s+\S/;

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const close = (kind: Block['kind'] = 'paragraph') => {
    if (lines.length === 0) return;
    const joined = plainText(lines.join(' '));
    if (/[\p{L}\p{N}]/u.test(joined)) blocks.push({ kind, text: joined });
    lines = [];
  };
  for (const raw of withoutComments(text).split(/\r\n|[\n\r\u2028\u2029]/)) {
    const line = raw.replace(/^\s{0,3}(?:>\s?)+/, '');
    const title = heading.exec(line);
    if (line.trim() === '') close();
    else if (title) {
      close();
      lines = [line.slice(title[0].length).replace(/(?<=\s)#+$/, '')];
      close('heading');
    } else if (lines.length > 0 && underline.test(line)) close('heading');
    else if (skipped.test(line)) close();
    else {
      if (startsItem(line, lines)) close();
      lines.push(line);
    }
  }
  close();
  return blocks;
}

/** As in CommonMark, only a list that starts with 1 may interrupt a paragraph: "1998. The" in running text is no item. */
function startsItem(line: string, before: readonly string[]): boolean {
  if (!listItem.test(line)) return false;
  return /^ {0,3}1[.)]/.test(line) || listItem.test(before[0] ?? line);
}

/** Lengths are bounded so that a text full of brackets costs linear time. */
function plainText(text: string): string {
  return text
    .replace(/!\[[^\]]{0,300}\]\([^()\s]{0,2000}\)/g, ' ')
    .replace(/\[([^[\]]{1,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){1,2000}(?:\s"[^"]{0,200}")?\)/g, '$1')
    .replace(/\*\*(?=\S)([^*]*[^*\s])\*\*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutComments(text: string): string {
  let kept = '';
  let place = 0;
  while (true) {
    const start = text.indexOf('<!--', place);
    const end = start < 0 ? -1 : text.indexOf('-->', start + 4);
    if (end < 0) return kept + text.slice(place);
    kept += text.slice(place, start);
    place = end + 3;
  }
}

function asLead(title: string): string {
  return /[.!?:…]["'”’)]?$/.test(title) ? title : `${title}:`;
}
