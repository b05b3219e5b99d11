import type { SourceFault } from '../source/source-fault.ts';

/** A speech of a transcript that parley did not make. */
export interface ForeignTurn {
  /** The name as it stands there. */
  speaker: string;
  text: string;
  /** Where it begins in the file, from 1. */
  line: number;
  /** As the transcript numbers it; null where it does not. */
  round: number | null;
}

export type TellFault = (line: number, message: string) => void;

/** A transcript in the order in which it was said, or every fault by line. */
export type ParsedTranscript =
  | {
      ok: true;
      /** What it was read as, for people: "WebVTT", "names before colons". */
      form: string;
      turns: ForeignTurn[];
      /** What those who chair said, after which turn of the others, from 0. */
      asked: { afterTurn: number; text: string }[];
      /** How turns and parties were found, then what was left out or is not certain. */
      notes: string[];
    }
  | { ok: false; faults: SourceFault[] };

/** One kind of transcript: how it is known, and how it is read. Every reader looks at each line a bounded number of times. */
export interface TranscriptReader {
  /** As a person forces it. */
  as: string;
  /** As reports name it. */
  name: string;
  recognises(text: string): boolean;
  /** `part`: which conversation of several is wanted, from 1. A sentence says why nothing is read. */
  read(text: string, part: number | null): ForeignTurn[] | string;
}

export function severalMessage(parts: number, what: string): string {
  return `${parts} ${what} are in this file; name one by adding #1 to #${parts} to its path`;
}

/** Longer names are sentences. */
export const longestName = 60;

/** A name as it is compared: case, spaces and emphasis make no difference. */
export function sameName(name: string): string {
  return name.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Words with more below them. What is there is not looked at again: speeches are put together from many thousand lines. */
export function joinedWords(words: string, more: string): string {
  if (words === '') return more.trim();
  const end = more.trimEnd();
  return end === '' ? words : `${words}\n${end}`;
}

/** Adds words to the last turn, or begins one where somebody else speaks. */
export function addWords(
  turns: ForeignTurn[],
  speaker: string,
  words: string,
  line: number,
  isNamed = true,
): void {
  const last = turns.at(-1);
  if (last && (!isNamed || sameName(last.speaker) === sameName(speaker))) {
    last.text = joinedWords(last.text, words);
  } else if (speaker !== '') turns.push({ speaker, text: words.trim(), line, round: null });
}

/** Turns with words; those of one speaker that follow one another are one. */
export function joinedTurns(turns: readonly ForeignTurn[]): ForeignTurn[] {
  const joined: ForeignTurn[] = [];
  for (const turn of turns) {
    if (turn.text.trim() === '') continue;
    addWords(joined, turn.speaker, turn.text, turn.line);
  }
  return joined;
}

/** How many turns are by somebody who comes back; 0 where fewer than two do. */
export function returningTurns(turns: readonly Pick<ForeignTurn, 'speaker'>[]): number {
  const groups = Map.groupBy(turns, ({ speaker }) => sameName(speaker));
  const often = [...groups.values()].filter((own) => own.length > 1);
  return often.length < 2 ? 0 : often.reduce((sum, own) => sum + own.length, 0);
}
