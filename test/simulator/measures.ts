import { sentencesOf } from '../../bench/validate/lexical/sentences.ts';
import type { Said } from './debate-driver.ts';

const runLength = 4;

export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
}

function runsOf(text: string): string[] {
  const words = wordsIn(text);
  return words
    .slice(0, Math.max(0, words.length - runLength + 1))
    .map((_, at) => words.slice(at, at + runLength).join(' '));
}

/** For each speech, the share of its four-word runs that stood in its speaker's earlier speeches. */
export function ownRepetition(speeches: readonly Said[]): number[] {
  return speeches.map((speech, index) => {
    const earlier = speeches.slice(0, index).filter(({ speaker }) => speaker === speech.speaker);
    const known = new Set(earlier.flatMap(({ text }) => runsOf(text)));
    const runs = runsOf(speech.text);
    return runs.filter((run) => known.has(run)).length / Math.max(1, runs.length);
  });
}

export function sentencesIn(speeches: readonly Said[]): string[] {
  return speeches.flatMap(({ text }) => sentencesOf(text).map((sentence) => sentence.text));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
