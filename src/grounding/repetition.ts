import { rememberingFor } from '../text/memo.ts';

/** Words in a run; four as in the copy-detection literature (Broder 1997, "On the resemblance and containment of documents"). */
const runLength = 4;

/** A speech, which never changes once it was given. */
export interface Spoken {
  readonly text: string;
}

/**
 * Share of a speech's four-word runs that stood in earlier texts, 0..1; Broder's containment. Case, punctuation
 * and citations such as [P3] do not count. A text of fewer than four words repeats nothing.
 */
export function repetitionOf(speech: Spoken, earlier: readonly Spoken[]): number {
  const seen = new Set<string>();
  for (const one of earlier) for (const run of runsOfSpeech(one)) seen.add(run);
  return shareSeen(runsOfSpeech(speech), seen);
}

/** For each speech of a speaker, in order, how far it repeats those before it, 0..1. */
export function repetitionsInOrder(speeches: readonly Spoken[]): number[] {
  // Nothing stands before an only one, whose runs nobody needs.
  if (speeches.length < 2) return speeches.map(() => 0);
  const seen = new Set<string>();
  return speeches.map((speech) => {
    const runs = runsOfSpeech(speech);
    const share = shareSeen(runs, seen);
    for (const run of runs) seen.add(run);
    return share;
  });
}

function shareSeen(runs: readonly string[], seen: ReadonlySet<string>): number {
  if (runs.length === 0) return 0;
  let count = 0;
  for (const run of runs) if (seen.has(run)) count++;
  return count / runs.length;
}

/** A text's four-word runs, as they are compared. */
export function runsOf(text: string): string[] {
  const withoutCitations = text.replace(/\[[PT]\d[^[\]]{0,200}\]/g, ' ');
  const words = withoutCitations.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.join(' ');
  const runs: string[] = [];
  let from = 0;
  let to = words.slice(0, runLength - 1).reduce((length, word) => length + word.length + 1, -1);
  for (let last = runLength - 1; last < words.length; last++) {
    to += (words[last] as string).length + 1;
    runs.push(joined.slice(from, to));
    from += (words[last - runLength + 1] as string).length + 1;
  }
  return runs;
}

/** A speech's runs, remembered: every later speech and prompt of its speaker is held against it. */
const runsOfSpeech = rememberingFor((speech: Spoken) => runsOf(speech.text));
const setOfSpeech = rememberingFor((speech: Spoken) => new Set(runsOfSpeech(speech)));

/** Share of known runs, and the fewest runs, from which a speech is the same again and not one that comes back to its points. */
const sameFrom = 0.95;
const fewestRuns = 20;

/** Is this one of the speaker's earlier speeches over again? */
export function isSameAgain(speech: Spoken, earlier: readonly Spoken[]): boolean {
  const runs = runsOfSpeech(speech);
  if (runs.length < fewestRuns) return false;
  return earlier.some((one) => {
    const known = setOfSpeech(one);
    let missing = 0;
    return runs.every((run) => known.has(run) || 1 - ++missing / runs.length >= sameFrom);
  });
}

/** Times in all that a sentence may stand in a speech; a refrain comes two or three times. */
const mostRefrains = 5;
/** Letters and digits of a sentence that counts; "No." may come often. */
const shortestSentence = 12;

const endOfSentence = '.!?\\u2026\\u3002\\uff01\\uff1f\\u061f\\u06d4\\u0964\\n';
const sentencePattern = new RegExp(`[^${endOfSentence}]+[${endOfSentence}]+`, 'gu');
const hasEnd = new RegExp(`[${endOfSentence}]`, 'u');
const leadingEnds = new RegExp(`^[${endOfSentence}]+`, 'u');
/** Letters of scripts that write a syllable or a word with each count three times. */
const denseLetters = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;

/** So many characters that are nothing but one stretch of at most so many over and over are a loop, sentences or not. */
const cycleLength = 1_024;
const longestCycle = 160;
const lookEvery = 512;

/** Listens to a speech as it comes, and hears when it says the same over and over. */
export interface LoopWatch {
  /** Takes the next words; true once the speech loops. */
  take(words: string): boolean;
  /** Where the loop begins: the end of the first time that the words are said. null where there is none. `isWhole`: nothing more comes. */
  start(isWhole?: boolean): number | null;
}

export function createLoopWatch(): LoopWatch {
  const firsts = new Map<string, { end: number; times: number }>();
  let start: number | null = null;
  /** The sentence that has not ended, and the last characters of all that came. */
  let open = '';
  let tail = '';
  let length = 0;
  let looked = 0;
  const note = (sentence: string, at: number) => {
    const key = sentence
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (
      key.length < shortestSentence &&
      key.length + 2 * (key.match(denseLetters)?.length ?? 0) < shortestSentence
    )
      return;
    const first = firsts.get(key) ?? { end: at + sentence.trimEnd().length, times: 0 };
    first.times += 1;
    firsts.set(key, first);
    if (first.times > mostRefrains) start ??= first.end;
  };
  const takeSentences = (words: string) => {
    if (!hasEnd.test(words)) {
      open += words;
      return;
    }
    const piece = open + words;
    const from = length - open.length;
    let done = 0;
    for (const match of piece.matchAll(sentencePattern)) {
      done = match.index + match[0].length;
      note(match[0], from + match.index);
      if (start !== null) return;
    }
    // Ends of sentences that follow nothing are no beginning of another.
    open = piece.slice(done).replace(leadingEnds, '');
  };
  return {
    take(words) {
      for (let at = 0; at < words.length && start === null; at += lookEvery) {
        const part = words.slice(at, at + lookEvery);
        takeSentences(part);
        tail = (tail + part).slice(-cycleLength - lookEvery);
        length += part.length;
        if (start !== null || length - looked < lookEvery) continue;
        looked = length;
        const cycle = cycleStart(tail);
        if (cycle !== null) start = length - tail.length + cycle;
      }
      return start !== null;
    },
    start(isWhole = false) {
      if (isWhole && start === null && open !== '') note(open, length - open.length);
      return start;
    },
  };
}

/** The end of the first round of a cycle that fills the end of a text; null where there is none. */
function cycleStart(text: string): number | null {
  if (text.length < cycleLength) return null;
  const from = text.length - cycleLength;
  const codeAt = (place: number) => text.charCodeAt(from + place);
  // The longest proper prefix that ends each prefix (Knuth, Morris and Pratt 1977): what it lacks of the whole is the period.
  const borders = new Uint16Array(cycleLength);
  for (let at = 1, border = 0; at < cycleLength; at++) {
    while (border > 0 && codeAt(at) !== codeAt(border)) border = borders[border - 1] as number;
    if (codeAt(at) === codeAt(border)) border += 1;
    borders[at] = border;
  }
  const period = cycleLength - (borders[cycleLength - 1] as number);
  if (period > longestCycle) return null;
  let start = from;
  while (start > 0 && text[start - 1] === text[start - 1 + period]) start -= 1;
  return start + period;
}

/** Where a speech begins to say the same over and over: the end of the first time it is said. null where it does not. */
export function loopStart(text: string): number | null {
  const watch = createLoopWatch();
  watch.take(text);
  return watch.start(true);
}
