import { sentencesOf } from '../../convergence/lexical/sentences.ts';
import type { Heard } from './parse-prompt.ts';

/** What has been said so far, as word runs, so that nothing is said twice. The simulator keeps no state: this is read from the prompt each time. */
export interface Memory {
  ownRuns: Set<string>;
  otherRuns: Set<string>;
  /** First words of sentences by how often the speaker has used them. */
  ownStarts: Map<string, number>;
  /** First words of the sentences said just before. */
  lastStarts: Set<string>;
}

const runLength = 4;
const fixedRunLength = 3;

export function memoryOf(heard: readonly Heard[]): Memory {
  const memory: Memory = {
    ownRuns: new Set(),
    otherRuns: new Set(),
    ownStarts: new Map(),
    lastStarts: new Set(),
  };
  for (const turn of heard) {
    if (turn.isOwn) remember(memory, turn.text);
    else addRuns(memory.otherRuns, turn.text);
  }
  for (const turn of heard.slice(-2)) {
    const opening = sentencesOf(turn.text)[0];
    if (opening) memory.lastStarts.add(startOf(opening.text));
  }
  return memory;
}

/** Takes in a text as the speaker's own. */
export function remember(memory: Memory, text: string): void {
  addRuns(memory.ownRuns, text);
  for (const piece of sentencesOf(text)) {
    const start = startOf(piece.text);
    memory.ownStarts.set(start, (memory.ownStarts.get(start) ?? 0) + 1);
  }
}

/** Has the speaker said this already, or something very close? */
export function isSaid(memory: Memory, text: string, by: 'self' | 'anyone' = 'self'): boolean {
  const runs = runsOf(text, runLength);
  if (runs.length === 0) return false;
  const known = runs.filter(
    (run) => memory.ownRuns.has(run) || (by === 'anyone' && memory.otherRuns.has(run)),
  );
  return known.length / runs.length > 0.5;
}

/** How stale a sentence would be; 0 is new. `fixed` are its template's own words. */
export function staleness(memory: Memory, text: string, fixed: readonly string[]): number {
  const fixedRuns = fixed.flatMap((part) => runsOf(part, fixedRunLength));
  const start = startOf(text);
  return (
    6 * shareIn(fixedRuns, memory.ownRuns) +
    2.5 * shareIn(fixedRuns, memory.otherRuns) +
    4 * shareIn(runsOf(text, runLength), memory.ownRuns) +
    0.5 * (memory.ownStarts.get(start) ?? 0) +
    (memory.lastStarts.has(start) ? 1 : 0)
  );
}

function shareIn(runs: readonly string[], known: ReadonlySet<string>): number {
  return runs.length === 0 ? 0 : runs.filter((run) => known.has(run)).length / runs.length;
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
