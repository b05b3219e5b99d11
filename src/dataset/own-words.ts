import { withoutCitations } from '../grounding/citations.ts';

/** So many words in a row that stand in a source outside quotation marks are taken from there; the same words of the speech itself again. */
const copiedRun = 7;
/** A source of a line, such as an anchor, is taken over in fewer. */
const line = { words: 14, run: 4 };
const repeatedRun = 5;

/** Fewer letters or fewer words than these tell no language; below the share of known words a text is in another one, or in none. */
const shortestTold = 2;
const fewestTold = 20;
const fewestKnown = 80;
const leastKnown = 0.12;

/** What a speech could copy from, worked out once for many completions. */
export interface Copied {
  runs: ReadonlySet<number>;
  lineRuns: ReadonlySet<number>;
  words: ReadonlySet<number>;
}

/** Which words of a text are its speaker's own: in no quotation, taken from no source, and said once. */
export interface OwnWords {
  /** All words but citations. */
  words: number;
  own: number;
  quoted: number;
  /** False where hardly a word is one that anybody used before: another language, or letters at random. */
  isInLanguage: boolean;
  /** Own words between two offsets. */
  between(start: number, end: number): number;
}

/** `sources` are texts not to be repeated; `spoken` are in the language of the debate. */
export function copiedFrom(sources: readonly string[], spoken: readonly string[]): Copied {
  const runs = new Set<number>();
  const lineRuns = new Set<number>();
  for (const text of sources) {
    const hashes = hashesIn(text);
    const isLine = hashes.length <= line.words;
    for (const run of runsIn(hashes, isLine ? line.run : copiedRun)) (isLine ? lineRuns : runs).add(run);
  }
  return { runs, lineRuns, words: wordsOf(spoken) };
}

function wordsOf(texts: readonly string[]): Set<number> {
  return new Set(texts.flatMap((text) => hashesIn(text).map(({ hash }) => hash)));
}

/** Do these texts have enough words to tell a language by? */
export function tellLanguage(texts: readonly string[]): boolean {
  return wordsOf(texts).size >= fewestKnown;
}

export function ownWordsIn(
  text: string,
  quotations: readonly { start: number; end: number }[],
  copied: Copied,
): OwnWords {
  const words = hashesIn(text);
  const isOwn = new Uint8Array(words.length).fill(1);
  let quoted = 0;
  let next = 0;
  for (const [place, { at }] of words.entries()) {
    while ((quotations[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1;
    if (at < (quotations[next]?.start ?? Number.POSITIVE_INFINITY)) continue;
    isOwn[place] = 0;
    quoted += 1;
  }
  const take = (length: number, isTaken: (run: number) => boolean) => {
    for (const [place, run] of runsIn(words, length).entries())
      if (isTaken(run)) isOwn.fill(0, place, place + length);
  };
  take(copiedRun, (run) => copied.runs.has(run));
  take(line.run, (run) => copied.lineRuns.has(run));
  const said = new Set<number>();
  take(repeatedRun, (run) => said.has(run) || !said.add(run));
  const told = words.filter(({ length }) => length >= shortestTold);
  const known = told.filter(({ hash }) => copied.words.has(hash)).length;
  const ownBefore = new Uint32Array(words.length + 1);
  for (const [place, one] of isOwn.entries()) ownBefore[place + 1] = (ownBefore[place] as number) + one;
  const placeOf = (offset: number) => {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((words[middle] as Hashed).at < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const ownUpTo = (offset: number) => ownBefore[placeOf(offset)] as number;
  return {
    words: words.length,
    own: ownUpTo(Number.POSITIVE_INFINITY),
    quoted,
    isInLanguage:
      told.length < fewestTold || copied.words.size < fewestKnown || known / told.length >= leastKnown,
    between: (start, end) => ownUpTo(end) - ownUpTo(start),
  };
}

interface Hashed {
  hash: number;
  at: number;
  length: number;
}

/** Words as numbers (FNV-1a, 32 bits): a few thousand runs of them meet by chance once in a million. Scripts without spaces have about two characters to a word. */
function hashesIn(text: string): Hashed[] {
  const plain = withoutCitations(text).toLowerCase();
  const words: Hashed[] = [];
  for (let place = 0; place < plain.length; ) {
    const kind = kindOf(plain.charCodeAt(place));
    const at = place;
    let hash = 0x811c9dc5;
    const most = kind === dense ? at + 2 : plain.length;
    for (; place < most && kindOf(plain.charCodeAt(place)) === kind; place++)
      hash = Math.imul(hash ^ plain.charCodeAt(place), 0x01000193);
    if (kind !== gap) words.push({ hash, at, length: place - at });
  }
  return words;
}

const gap = 1;
const letter = 2;
const dense = 3;
/** By code unit; 0 until it is first met. */
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  kinds[code] ||= kindOfCharacter(String.fromCharCode(code));
  return kinds[code];
}

function kindOfCharacter(character: string): number {
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u.test(character))
    return dense;
  return /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(character) ? letter : gap;
}

function runsIn(words: readonly Hashed[], length: number): number[] {
  const runs: number[] = [];
  for (let place = 0; place + length <= words.length; place++) {
    let run = 0;
    for (let step = 0; step < length; step++)
      run = Math.imul(run ^ (words[place + step] as Hashed).hash, 0x9e3779b1) ^ (run >>> 15);
    runs.push(run);
  }
  return runs;
}
