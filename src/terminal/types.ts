import type { RunSignal } from '../debate/notices.ts';

/** What a person at the screen can do to the run; the front ends call it and never the run itself. */
export interface Controls {
  pause(): void;
  resume(): void;
  /** Lets one action through and holds again. */
  step(): void;
  /** Puts a question to the debate, delivered at the next turn boundary. */
  ask(text: string): void;
  /** Saves and ends once the turn under way is aborted. */
  stop(): void;
  readonly isReplay: boolean;
  /** Seats that people take in the debate; absent where nobody can. */
  readonly seats?: SeatControls;
  /** Where words come at a pace of ours, in replays and simulated debates: 1 is reading pace, 0 is at once. */
  setSpeed?(factor: number): void;
  /** Likewise: what is left of the turn under way comes at once. */
  finishTurn?(): void;
  /** Replays only: goes there by publishing all events before it anew, from number 0. */
  jump?(to: { turn: number } | { round: number }): void;
  /** What is known of why positions changed, read anew each time; a sentence where nothing can be. It asks no model. */
  why?(): Promise<readonly ShownShift[] | string>;
  /** Labels of people, kept beside a stored run. Absent where there is no place for them. */
  labels?: {
    /** The quotes of all readings so far, those first that a label tells most about; a sentence where they cannot be read. */
    quotes(): Promise<readonly QuoteToLabel[] | string>;
    /** Keeps what a person read in a quote; a sentence where it cannot be kept. */
    keep(quote: QuoteToLabel, position: number | null): Promise<string | null>;
  };
}

/** A quote that a position rests on, for a person to label; the judge's reading is not in it. */
export interface QuoteToLabel {
  speaker: string;
  issue: string;
  turn: number;
  /** As it is stored. */
  quote: string;
  /** What a person read in it, 0..6; null for no stand. Absent: nobody has. */
  position?: number | null;
}

/** A change of position, and the explanation that a person reads, line by line. */
export interface ShownShift {
  turn: number;
  lines: readonly string[];
}

/** What people who speak for personas can do. Words go to the turn that a `seat-turn` notice told of. */
export interface SeatControls {
  /** From the persona's next speech on. */
  take(persona: string): void;
  giveBack(persona: string): void;
  say(persona: string, text: string): void;
  /** Keeps words that are not said yet, for when the person comes back. */
  keep(persona: string, text: string): void;
  /** Has the model draft the speech; it comes as a `seat-draft` notice. */
  draft(persona: string): void;
  /** Opens words in the person's own editor and gives what came of them; null where there is none. The screen must be free. */
  edit?(text: string): Promise<string | null>;
}

/** A reader of the stream that a person looks at. */
export interface FrontEnd {
  show(signal: RunSignal): void;
  /** Resolves when all is flushed and the terminal is given back. Safe to call twice. */
  close(): Promise<void>;
}

/** How many colours a terminal takes; `none`, for NO_COLOR, leaves bold and underline. */
export type ColorDepth = 'none' | '16' | '256';

/** A writable stream as the front ends use it; process.stdout and process.stderr are such. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly writableNeedDrain?: boolean;
}
