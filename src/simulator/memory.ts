import { remembering } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import type { Heard } from './parse-prompt.ts';

/** Some consecutive words, as a number. */
type Run = number;

/** What has been said so far, as word runs, so that nothing is said twice. The simulator keeps no state: this is read from the prompt each time. */
export interface Memory {
  ownRuns: ReadonlySet<Run>;
  /** What the speaker has said in the text it is writing now. */
  newRuns: Set<Run>;
  otherRuns: ReadonlySet<Run>;
  /** Every sentence that anybody has said. */
  sentences: ReadonlySet<string>;
  /** First words of sentences by how often the speaker has used them. */
  ownStarts: Map<string, number>;
  /** First words of the sentences said just before. */
  lastStarts: ReadonlySet<string>;
}

const runLength = 4;
const fixedRunLength = 3;
/** How many turns back others' words still count as heard just now. */
const recent = 12;

export function memoryOf(heard: readonly Heard[]): Memory {
  const ownRuns = new Set<Run>();
  const otherRuns = new Set<Run>();
  const ownStarts = new Map<string, number>();
  const sentences = new Set<string>();
  for (const [at, turn] of heard.entries()) {
    for (const sentence of wordingOf(turn.text).sentences) sentences.add(sentence);
    if (turn.isOwn) {
      addRuns(ownRuns, turn.text);
      countStarts(ownStarts, turn.text);
    } else if (heard.length - at <= recent) addRuns(otherRuns, turn.text);
  }
  const lastStarts = new Set(heard.slice(-2).map((turn) => wordingOf(turn.text).starts[0] ?? ''));
  return { ownRuns, newRuns: new Set(), otherRuns, sentences, ownStarts, lastStarts };
}

/** What is asked of a text: its word runs, its sentences and how they start. */
interface Wording {
  long: readonly Run[];
  fixed: readonly Run[];
  sentences: readonly string[];
  starts: readonly string[];
  start: string;
}

const wordingOf = remembering(1000, (text: string): Wording => {
  const words = lowerWords(text);
  const sentences = sentencesOf(text).map((piece) => piece.text);
  const starts = sentences.map((sentence) => startOf(lowerWords(sentence)));
  const [long, fixed] = [runsOf(words, runLength), runsOf(words, fixedRunLength)];
  return { long, fixed, sentences, starts, start: startOf(words) };
});

/** Runs of a settled template's own words; there are only so many templates. */
const fixedRunsOf = remembering(4000, (settled: string) =>
  fixedParts(settled).flatMap((part) => runsOf(lowerWords(part), fixedRunLength)),
);

/** The same memory for another draft: what one draft says is not known to the next. */
export function forDraft(memory: Memory): Memory {
  return { ...memory, newRuns: new Set(), ownStarts: new Map(memory.ownStarts) };
}

/** Takes in a text as the speaker's own. */
export function remember(memory: Memory, text: string): void {
  addRuns(memory.newRuns, text);
  countStarts(memory.ownStarts, text);
}

function countStarts(starts: Map<string, number>, text: string): void {
  for (const start of wordingOf(text).starts) starts.set(start, (starts.get(start) ?? 0) + 1);
}

/** Has the speaker said this already, or something very close? */
export function isSaid(memory: Memory, text: string, by: 'self' | 'anyone' = 'self'): boolean {
  const { long, fixed } = wordingOf(text);
  const runs = long.length > 0 ? long : fixed;
  if (runs.length === 0) return false;
  return shareOf(runs, (run) => isOwn(memory, run) || (by === 'anyone' && memory.otherRuns.has(run))) > 0.5;
}

/** How stale a settled template's own words would be; 0 is new. */
export function wear(memory: Memory, settled: string): number {
  const runs = fixedRunsOf(settled);
  return (
    6 * shareOf(runs, (run) => isOwn(memory, run)) + 5 * shareOf(runs, (run) => memory.otherRuns.has(run))
  );
}

/** Sentences this short may come back; a longer one said twice is noticed. */
const longestUnnoticed = 5;

/** How stale a whole text would be, whatever template it was made with; 0 is new, infinity what says a sentence again. */
export function staleness(memory: Memory, text: string): number {
  let again = 0;
  for (const piece of sentencesOf(text)) {
    if (!memory.sentences.has(piece.text)) continue;
    if (lowerWords(piece.text).length > longestUnnoticed) return Number.POSITIVE_INFINITY;
    again = 8;
  }
  const words = lowerWords(text);
  const start = startOf(words);
  return (
    4 * shareOf(runsOf(words, runLength), (run) => isOwn(memory, run)) +
    0.5 * (memory.ownStarts.get(start) ?? 0) +
    (memory.lastStarts.has(start) ? 6 : 0) +
    again
  );
}

function isOwn(memory: Memory, run: Run): boolean {
  return memory.ownRuns.has(run) || memory.newRuns.has(run);
}

function shareOf(runs: readonly Run[], isKnown: (run: Run) => boolean): number {
  let known = 0;
  for (const run of runs) if (isKnown(run)) known++;
  return runs.length === 0 ? 0 : known / runs.length;
}

function addRuns(runs: Set<Run>, text: string): void {
  const { long, fixed } = wordingOf(text);
  for (const run of long) runs.add(run);
  for (const run of fixed) runs.add(run);
}

function lowerWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
}

/**
 * The runs of so many words, each as a number made of its words (a hash by Fowler, Noll and Vo, 30 bits): sets of numbers
 * cost a fraction of sets of texts, and of the few thousand runs of a debate no two meet but by rare chance.
 */
function runsOf(words: readonly string[], length: number): Run[] {
  const hashes = words.map(hashOf);
  const runs: Run[] = [];
  for (let at = 0; at + length <= hashes.length; at++) {
    let run = 0;
    for (let place = 0; place < length; place++) run = Math.imul(run ^ (hashes[at + place] as number), prime);
    runs.push(run & mask);
  }
  return runs;
}

const prime = 0x01000193;
const mask = 0x3fffffff;

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), prime);
  return hash | 0;
}

function startOf(words: readonly string[]): string {
  return words.slice(0, 2).join(' ');
}

/** The fixed words of a settled template, as the stretches between its slots. */
export function fixedParts(settled: string): string[] {
  return settled
    .split(/\{\w+\}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
