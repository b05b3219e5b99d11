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
export function piecesOf(paragraph: string): string[] {
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
