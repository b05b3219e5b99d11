import type { ChatMessage } from '../../debate/messages.ts';
import type { Row } from '../columns.ts';

/** One persona's side of a debate. */
export interface PersonaExample {
  messages: readonly ChatMessage[];
  /** For each assistant message: 0 where it should not be learned from. */
  weights: readonly (0 | 1)[];
  /** How many of the first assistant messages were said before a fork, and stand in the debate it came from. */
  takenOver: number;
  /** For each assistant message the private notes before it; null where notes are not exported. */
  notes: readonly string[] | null;
  /** For the last speech: good, bad, or neither. */
  label: boolean | null;
  provenance: Row;
}

/** A debate as one record, all speakers. */
export interface DebateExample {
  turns: readonly {
    turn: number;
    round: number;
    speaker: string;
    name: string;
    kind: string;
    text: string;
    notes: string | null;
  }[];
  verdicts: readonly {
    round: number;
    convergence: number | null;
    convergence_low: number | null;
    convergence_high: number | null;
    confidence: string;
  }[];
  positions: readonly {
    round: number;
    speaker: string;
    issue: string;
    position: number;
    quote: string;
    turn: number;
  }[];
  statement: string;
  answers: readonly { persona: string; answer: string; reason: string }[];
  provenance: Row;
}

/** One sample of the judge: what it was shown, and the checked answer. */
export interface ReadingExample {
  messages: readonly ChatMessage[];
  round: number;
  sample: number;
  provenance: Row;
}

/** Two ways on from one prefix. */
export interface PairExample {
  /** The prompt of the forked turn as the first debate of the family was sent it. */
  prompt: readonly ChatMessage[];
  chosen: string;
  rejected: string;
  rankedBy: string;
  chosenScore: number;
  rejectedScore: number;
  chosenDebate: string;
  rejectedDebate: string;
  /** How the two ways on were made to differ. */
  differs: string;
  provenance: Row;
}
