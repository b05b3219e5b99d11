import { remembering } from '../text/memo.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Heard } from './parse-prompt.ts';
import { type Run, RunSet, readWords, runsOf } from './word-runs.ts';

/** What has been said so far, as word runs, so that nothing is said twice. The simulator keeps no state: this is read from the prompt each time. */
export interface Memory {
  ownRuns: RunSet;
  /** What the speaker has said in the text it is writing now. */
  newRuns: RunSet;
  otherRuns: RunSet;
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
  const ownRuns = new RunSet(2048);
  const otherRuns = new RunSet(4096);
  const ownStarts = new Map<string, number>();
  const sentences = new Set<string>();
  for (const [at, turn] of heard.entries()) {
    const wording = wordingOf(turn.text);
    for (const sentence of wording.sentences) sentences.add(sentence);
    if (turn.isOwn) {
      addRuns(ownRuns, wording);
      countStarts(ownStarts, wording);
    } else if (heard.length - at <= recent) addRuns(otherRuns, wording);
  }
  const lastStarts = new Set(heard.slice(-2).map((turn) => wordingOf(turn.text).starts[0] ?? ''));
  return { ownRuns, newRuns: new RunSet(512), otherRuns, sentences, ownStarts, lastStarts };
}

/** What is asked of a text: its word runs, its sentences and how they start. */
interface Wording {
  long: readonly Run[];
  fixed: readonly Run[];
  sentences: readonly string[];
  starts: readonly string[];
}

const wordingOf = remembering(500, wordingIn);

function wordingIn(text: string): Wording {
  const { hashes, start } = readWords(text);
  const sentences = splitSentences(text).map((piece) => piece.text);
  const starts = sentences.length === 1 ? [start] : sentences.map((sentence) => readWords(sentence).start);
  return { long: runsOf(hashes, runLength), fixed: runsOf(hashes, fixedRunLength), sentences, starts };
}

/** Runs of a settled template's own words. */
export function fixedRunsOf(settled: string): readonly Run[] {
  return fixedParts(settled).flatMap((part) => runsOf(readWords(part).hashes, fixedRunLength));
}

/** The same memory for another draft: what one draft says is not known to the next. */
export function forDraft(memory: Memory): Memory {
  return { ...memory, newRuns: new RunSet(512), ownStarts: new Map(memory.ownStarts) };
}

/** Takes in a text as the speaker's own. */
export function remember(memory: Memory, text: string): void {
  const wording = wordingIn(text);
  addRuns(memory.newRuns, wording);
  countStarts(memory.ownStarts, wording);
}

function countStarts(counts: Map<string, number>, { starts }: Wording): void {
  for (const start of starts) counts.set(start, (counts.get(start) ?? 0) + 1);
}

/** Has the speaker said this already, or something very close? */
export function isSaid(memory: Memory, text: string, by: 'self' | 'anyone' = 'self'): boolean {
  const { long, fixed } = wordingOf(text);
  const runs = long.length > 0 ? long : fixed;
  if (runs.length === 0) return false;
  let known = 0;
  for (const run of runs) if (isOwn(memory, run) || (by === 'anyone' && memory.otherRuns.has(run))) known++;
  return known / runs.length > 0.5;
}

/** How stale a settled template's own words, given as their runs, would be; 0 is new. */
export function wear(memory: Memory, runs: readonly Run[]): number {
  return 6 * ownShare(memory, runs) + 5 * shareOf(runs, memory.otherRuns);
}

/** Sentences this short may come back; a longer one said twice is noticed. */
const longestUnnoticed = 5;

/** How stale a whole text would be, whatever template it was made with; 0 is new, infinity what says a sentence again. */
export function staleness(memory: Memory, text: string): number {
  let again = 0;
  // Most texts are looked at once: they are not to push out of the memo what is asked for again.
  for (const piece of splitSentences(text)) {
    if (!memory.sentences.has(piece.text)) continue;
    if (readWords(piece.text).hashes.length > longestUnnoticed) return Number.POSITIVE_INFINITY;
    again = 8;
  }
  const { hashes, start } = readWords(text);
  return (
    4 * ownShare(memory, runsOf(hashes, runLength)) +
    0.5 * (memory.ownStarts.get(start) ?? 0) +
    (memory.lastStarts.has(start) ? 6 : 0) +
    again
  );
}

function isOwn(memory: Memory, run: Run): boolean {
  return memory.ownRuns.has(run) || memory.newRuns.has(run);
}

function ownShare(memory: Memory, runs: readonly Run[]): number {
  let known = 0;
  for (const run of runs) if (isOwn(memory, run)) known++;
  return runs.length === 0 ? 0 : known / runs.length;
}

function shareOf(runs: readonly Run[], known: RunSet): number {
  let found = 0;
  for (const run of runs) if (known.has(run)) found++;
  return runs.length === 0 ? 0 : found / runs.length;
}

function addRuns(runs: RunSet, { long, fixed }: Wording): void {
  for (const run of long) runs.add(run);
  for (const run of fixed) runs.add(run);
}

/** The fixed words of a settled template, as the stretches between its slots. */
export function fixedParts(settled: string): string[] {
  return settled
    .split(/\{\w+\}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
