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

/** What a transcript was read as, for people: "WebVTT", "names before colons". */
export type TranscriptForm = string;

/** A transcript in the order in which it was said, or every fault by line. */
export type ParsedTranscript =
  | {
      ok: true;
      form: TranscriptForm;
      turns: ForeignTurn[];
      /** What those who chair said, after which turn of the others, from 0. */
      asked: { afterTurn: number; text: string }[];
      notes: string[];
    }
  | { ok: false; faults: SourceFault[] };

/** Longer names are sentences. */
export const longestName = 60;

/** A name as it is compared: case, spaces and emphasis make no difference. */
export function sameName(name: string): string {
  return name.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
