import type { CallFailure, Purpose } from './calls.ts';
import type { DebateEvent } from './events.ts';

/** Something worth showing while it happens and not worth keeping. Never stored, may be lost by a slow reader. */
export type Notice =
  /** A call whose words will be shown has begun; `turn` is the number the turn will get, null for calls that make no turn. */
  | {
      type: 'turn-started';
      purpose: Purpose;
      speaker: string;
      round: number;
      turn: number | null;
      model: string;
    }
  /** More of the text; `text` is only what is new. */
  | { type: 'turn-delta'; speaker: string; text: string }
  /** All text of the call so far is void: it was incomplete, and is asked for again or given up. */
  | { type: 'reply-dropped'; speaker: string; reason: CallFailure }
  /** The next attempt starts after so long; `part` tells apart calls that are made at once, such as readings. */
  | {
      type: 'waiting';
      speaker: string;
      reason: CallFailure;
      milliseconds: number;
      purpose?: Purpose;
      part?: CallNumber;
      /** What happened, as the event of the attempt will say it too. */
      message?: string;
    }
  /** Work with no words to show, such as reading positions; `done` of `of` parts are finished. */
  | { type: 'working'; purpose: Purpose; done: number; of: number }
  | { type: 'budget-near'; usedShare: number }
  /** How a model's server behaves was settled, once for all: it never says why a reply ends. */
  | { type: 'server-noted'; model: string; message: string }
  /** A pause was asked for; what is under way is done first. */
  | { type: 'pausing' }
  /** Nothing is under way and nothing begins. */
  | { type: 'paused' }
  | { type: 'continued' }
  /** A persona's seat is held by a person from now on, or is the model's again. */
  | { type: 'seat-taken' | 'seat-given-back'; persona: string }
  /** The words of a person who holds a seat are awaited, for as long as it takes. */
  | {
      type: 'seat-turn';
      persona: string;
      /** The number that the speech will get; null in a caucus, and for an answer to the closing statement. */
      turn: number | null;
      round: number;
      /** Who alone hears it, by name, in a caucus. */
      to: string | null;
      /** The closing statement that is to be signed or refused; null where a speech is awaited. */
      statement: string | null;
      /** Words that the speech is asked to keep to. */
      longest: number | null;
      /** The persona's own text: role, interests, voice, arguments. */
      brief: string;
      /** Words kept from before, or given and not yet said because of `problems`. */
      text: string;
      /** What a check found in the words given, one sentence each; the next words are taken as they are. */
      problems: readonly string[];
    }
  /** A model drafts the awaited speech for the person; `text` is the draft, or why there is none. */
  | { type: 'seat-draft'; persona: string; state: 'writing' | 'written' | 'failed'; text: string };

/** One of several calls for the same purpose: `number` of `of`, from 1. */
export interface CallNumber {
  number: number;
  of: number;
}

/** What a running debate gives its readers, in order. */
export type RunSignal = { kind: 'event'; event: DebateEvent } | { kind: 'notice'; notice: Notice };
