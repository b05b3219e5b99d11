import { sentencesOf } from '../../convergence/lexical/sentences.ts';
import type { Heard } from './parse-prompt.ts';

/** What has been said so far, as word runs, so that nothing is said twice. The simulator keeps no state: this is read from the prompt each time. */
export interface Memory {
  ownRuns: ReadonlySet<string>;
  /** What the speaker has said in the text it is writing now. */
  newRuns: Set<string>;
  otherRuns: ReadonlySet<string>;
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
  const ownRuns = new Set<string>();
  const otherRuns = new Set<string>();
  const ownStarts = new Map<string, number>();
  for (const [at, turn] of heard.entries()) {
    if (turn.isOwn) {
      addRuns(ownRuns, turn.text);
      countStarts(ownStarts, turn.text);
    } else if (heard.length - at <= recent) addRuns(otherRuns, turn.text);
  }
  const sentences = new Set(heard.flatMap((turn) => sentencesOf(turn.text).map((piece) => piece.text)));
  const lastStarts = new Set(heard.slice(-2).map((turn) => startOf(sentencesOf(turn.text)[0]?.text ?? '')));
  return { ownRuns, newRuns: new Set(), otherRuns, sentences, ownStarts, lastStarts };
}

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
  for (const piece of sentencesOf(text)) {
    const start = startOf(piece.text);
    starts.set(start, (starts.get(start) ?? 0) + 1);
  }
}

/** Has the speaker said this already, or something very close? */
export function isSaid(memory: Memory, text: string, by: 'self' | 'anyone' = 'self'): boolean {
  const longRuns = runsOf(text, runLength);
  const runs = longRuns.length > 0 ? longRuns : runsOf(text, fixedRunLength);
  if (runs.length === 0) return false;
  const known = runs.filter((run) => isOwn(memory, run) || (by === 'anyone' && memory.otherRuns.has(run)));
  return known.length / runs.length > 0.5;
}

/** How stale a sentence would be; 0 is new. `fixed` are its template's own words. */
export function staleness(memory: Memory, text: string, fixed: readonly string[]): number {
  const fixedRuns = fixed.flatMap((part) => runsOf(part, fixedRunLength));
  const start = startOf(text);
  const own = (run: string) => isOwn(memory, run);
  return (
    6 * shareOf(fixedRuns, own) +
    5 * shareOf(fixedRuns, (run) => memory.otherRuns.has(run)) +
    4 * shareOf(runsOf(text, runLength), own) +
    0.5 * (memory.ownStarts.get(start) ?? 0) +
    (memory.lastStarts.has(start) ? 1 : 0) +
    (sentencesOf(text).some((piece) => memory.sentences.has(piece.text)) ? 8 : 0)
  );
}

function isOwn(memory: Memory, run: string): boolean {
  return memory.ownRuns.has(run) || memory.newRuns.has(run);
}

function shareOf(runs: readonly string[], isKnown: (run: string) => boolean): number {
  return runs.length === 0 ? 0 : runs.filter(isKnown).length / runs.length;
}

function addRuns(runs: Set<string>, text: string): void {
  for (const run of runsOf(text, runLength)) runs.add(run);
  for (const run of runsOf(text, fixedRunLength)) runs.add(run);
}

function runsOf(text: string, length: number): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - length + 1))
    .map((_, at) => words.slice(at, at + length).join(' '));
}

function startOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? []).slice(0, 2).join(' ');
}
